/** What a payment provider's adapter implements. */
@NullMarked
package dev.billhook.spi.provider;

import org.jspecify.annotations.NullMarked;
