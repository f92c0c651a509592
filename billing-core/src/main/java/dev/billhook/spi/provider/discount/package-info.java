/** Promotion codes and discounts at the provider. */
@NullMarked
package dev.billhook.spi.provider.discount;

import org.jspecify.annotations.NullMarked;
