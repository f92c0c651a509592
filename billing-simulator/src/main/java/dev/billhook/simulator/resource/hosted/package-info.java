/** The endpoints of Checkout and Customer Portal sessions. */
@NullMarked
package dev.billhook.simulator.resource.hosted;

import org.jspecify.annotations.NullMarked;
