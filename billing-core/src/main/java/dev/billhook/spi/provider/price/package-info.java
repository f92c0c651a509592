/** Ports for prices, present and older ones. */
@NullMarked
package dev.billhook.spi.provider.price;

import org.jspecify.annotations.NullMarked;
