/** Compares what the simulator answered and the adapter asked, in all tests, with what Stripe itself declares. */
@NullMarked
package dev.billhook.contract;

import org.jspecify.annotations.NullMarked;
