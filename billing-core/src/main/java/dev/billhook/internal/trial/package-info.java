/** How trials are granted, watched and changed; not API. */
@NullMarked
package dev.billhook.internal.trial;

import org.jspecify.annotations.NullMarked;
