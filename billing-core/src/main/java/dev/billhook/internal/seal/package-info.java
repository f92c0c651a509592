/** Texts that leave the host and come back unchanged, or not at all; not API. */
@NullMarked
package dev.billhook.internal.seal;

import org.jspecify.annotations.NullMarked;
