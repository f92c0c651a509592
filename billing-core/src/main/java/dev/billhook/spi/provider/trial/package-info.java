/** What a payment provider's adapter implements for trials. */
@NullMarked
package dev.billhook.spi.provider.trial;

import org.jspecify.annotations.NullMarked;
