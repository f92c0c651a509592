/** Finds where the mirror and the provider differ, and makes them equal again. */
@NullMarked
package dev.billhook.reconcile;

import org.jspecify.annotations.NullMarked;
