/** Registers at the provider where its events are delivered to, an endpoint for each environment. */
@NullMarked
package dev.billhook.webhook.endpoint;

import org.jspecify.annotations.NullMarked;
