/** The API's endpoints, one file for each Stripe object: what they take, whom they ask. */
@NullMarked
package dev.billhook.simulator.resource;

import org.jspecify.annotations.NullMarked;
