/** How subscribers are moved to present prices, piece by piece. */
@NullMarked
package dev.billhook.internal.migration;

import org.jspecify.annotations.NullMarked;
