/** What a provider's adapter tells of one-time purchases. */
@NullMarked
package dev.billhook.spi.provider.purchase;

import org.jspecify.annotations.NullMarked;
