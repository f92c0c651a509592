/** Runs the simulator inside the application, in Stripe's place, while it is being developed. */
@NullMarked
package dev.billhook.spring.simulator;

import org.jspecify.annotations.NullMarked;
