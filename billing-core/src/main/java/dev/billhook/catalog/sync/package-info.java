/** Brings a payment provider's products and prices in line with the catalog: difference first, then apply. */
@NullMarked
package dev.billhook.catalog.sync;

import org.jspecify.annotations.NullMarked;
