/** Stripe's request conventions: routing, parameters, authentication, idempotency, expansion, pagination, search and errors. */
@NullMarked
package dev.billhook.simulator.api;

import org.jspecify.annotations.NullMarked;
