/** The one door to the local copy of the provider's state, and the pure rules behind it. */
@NullMarked
package dev.billhook.mirror;

import org.jspecify.annotations.NullMarked;
