/** How failures are put into words that can be stored; not API. */
@NullMarked
package dev.billhook.internal.failure;

import org.jspecify.annotations.NullMarked;
