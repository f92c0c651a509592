/** How incoming events are stored and applied; not API. */
@NullMarked
package dev.billhook.internal.webhook;

import org.jspecify.annotations.NullMarked;
