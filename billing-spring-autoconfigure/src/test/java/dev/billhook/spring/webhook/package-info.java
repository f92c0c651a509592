/** The endpoint, by itself and in a real server. */
@NullMarked
package dev.billhook.spring.webhook;

import org.jspecify.annotations.NullMarked;
