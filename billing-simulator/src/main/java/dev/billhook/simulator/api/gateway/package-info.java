/** The way in: keys, idempotency, faults on purpose, the log of requests. */
@NullMarked
package dev.billhook.simulator.api.gateway;

import org.jspecify.annotations.NullMarked;
