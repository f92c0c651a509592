/** What persistence adapters keep of usage. */
@NullMarked
package dev.billhook.spi.store.usage;

import org.jspecify.annotations.NullMarked;
