/** What an adapter does with webhook endpoints. */
@NullMarked
package dev.billhook.spi.provider.endpoint;

import org.jspecify.annotations.NullMarked;
