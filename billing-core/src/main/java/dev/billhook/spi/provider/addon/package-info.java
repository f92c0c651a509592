/** What a payment provider's adapter implements for add-ons. */
@NullMarked
package dev.billhook.spi.provider.addon;

import org.jspecify.annotations.NullMarked;
