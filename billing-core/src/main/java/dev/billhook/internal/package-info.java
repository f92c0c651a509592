/** How a billing is put together and does its background work; not API. */
@NullMarked
package dev.billhook.internal;

import org.jspecify.annotations.NullMarked;
