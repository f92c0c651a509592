/** How customers are found and shown to a help desk; not API. */
@NullMarked
package dev.billhook.internal.support;

import org.jspecify.annotations.NullMarked;
