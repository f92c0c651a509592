/** What persistence adapters keep of webhook endpoints. */
@NullMarked
package dev.billhook.spi.store.endpoint;

import org.jspecify.annotations.NullMarked;
