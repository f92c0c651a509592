/** What endpoints are made with; each package below holds those of one room, one file for each Stripe object. */
@NullMarked
package dev.billhook.simulator.resource;

import org.jspecify.annotations.NullMarked;
