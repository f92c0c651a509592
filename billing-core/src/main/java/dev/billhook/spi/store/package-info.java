/** What a persistence adapter implements. */
@NullMarked
package dev.billhook.spi.store;

import org.jspecify.annotations.NullMarked;
