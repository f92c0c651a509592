/** Moves subscribers of older prices to the present ones: told first, then done, and gone on with after a crash. */
@NullMarked
package dev.billhook.migration;

import org.jspecify.annotations.NullMarked;
