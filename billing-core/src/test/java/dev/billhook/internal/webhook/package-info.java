/** How events are taken in, piece by piece. */
@NullMarked
package dev.billhook.internal.webhook;

import org.jspecify.annotations.NullMarked;
