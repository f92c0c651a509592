/** Where one-time purchases are kept. */
@NullMarked
package dev.billhook.spi.store.purchase;

import org.jspecify.annotations.NullMarked;
