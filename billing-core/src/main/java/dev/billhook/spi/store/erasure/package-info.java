/** What a store does for accounts that are deleted. */
@NullMarked
package dev.billhook.spi.store.erasure;

import org.jspecify.annotations.NullMarked;
