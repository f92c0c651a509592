/** What a payment provider's adapter implements for usage. */
@NullMarked
package dev.billhook.spi.provider.usage;

import org.jspecify.annotations.NullMarked;
