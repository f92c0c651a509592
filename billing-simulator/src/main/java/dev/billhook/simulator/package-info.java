/** A stateful Stripe in one process: an HTTP API, hosted pages, signed webhooks, and a clock one can turn. */
@NullMarked
package dev.billhook.simulator;

import org.jspecify.annotations.NullMarked;
