/** Ports of the store for what accounts are told by time. */
@NullMarked
package dev.billhook.spi.store.notice;

import org.jspecify.annotations.NullMarked;
