/** The form in which stores keep what access follows from. */
@NullMarked
package dev.billhook.spi.store.access;

import org.jspecify.annotations.NullMarked;
