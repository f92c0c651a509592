@NullMarked
package dev.billhook.webhook.endpoint;

import org.jspecify.annotations.NullMarked;
