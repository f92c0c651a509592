/** How listeners are called, piece by piece. */
@NullMarked
package dev.billhook.internal.event;

import org.jspecify.annotations.NullMarked;
