/** What the hosted Checkout and Customer Portal do when a person completes them. */
@NullMarked
package dev.billhook.simulator.engine.checkout;

import org.jspecify.annotations.NullMarked;
