/** What a payment provider's adapter implements for invoices, credit notes and quotes. */
@NullMarked
package dev.billhook.spi.provider.invoice;

import org.jspecify.annotations.NullMarked;
