/** Takes the provider's webhooks in over Spring MVC. */
@NullMarked
package dev.billhook.spring.webhook;

import org.jspecify.annotations.NullMarked;
