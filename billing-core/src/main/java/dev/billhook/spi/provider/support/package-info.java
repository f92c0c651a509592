/** What a payment provider's adapter tells a help desk. */
@NullMarked
package dev.billhook.spi.provider.support;

import org.jspecify.annotations.NullMarked;
