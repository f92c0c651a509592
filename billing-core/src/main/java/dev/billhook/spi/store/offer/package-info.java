/** What persistence adapters tell of limited plans. */
@NullMarked
package dev.billhook.spi.store.offer;

import org.jspecify.annotations.NullMarked;
