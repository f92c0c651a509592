/** What a provider offers for taking in customers it has already. */
@NullMarked
package dev.billhook.spi.provider.imports;

import org.jspecify.annotations.NullMarked;
