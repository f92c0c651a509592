/** The shapes objects have in earlier versions of Stripe's API. */
@NullMarked
package dev.billhook.simulator.event.version;

import org.jspecify.annotations.NullMarked;
