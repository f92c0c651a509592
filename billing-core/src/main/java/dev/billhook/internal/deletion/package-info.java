/** How accounts are deleted; not API. */
@NullMarked
package dev.billhook.internal.deletion;

import org.jspecify.annotations.NullMarked;
