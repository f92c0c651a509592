/** How subscribers are moved to present prices; not API. */
@NullMarked
package dev.billhook.internal.migration;

import org.jspecify.annotations.NullMarked;
