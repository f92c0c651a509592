/** How commands of one account come one after the other, across threads and servers; not API. */
@NullMarked
package dev.billhook.internal.turn;

import org.jspecify.annotations.NullMarked;
