/** Takes in the provider's events: verified, stored once, applied, retried. */
@NullMarked
package dev.billhook.webhook;

import org.jspecify.annotations.NullMarked;
