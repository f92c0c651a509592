/** Checkout sessions: what they sell and ask for, and what happens when a person completes them. */
@NullMarked
package dev.billhook.simulator.engine.checkout;

import org.jspecify.annotations.NullMarked;
