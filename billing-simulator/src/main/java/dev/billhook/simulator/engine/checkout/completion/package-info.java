/** What happens when a person completes a Checkout session at the hosted page. */
@NullMarked
package dev.billhook.simulator.engine.checkout.completion;

import org.jspecify.annotations.NullMarked;
