/** Decides how a subscription's lines become those of another plan; pure, without I/O. */
@NullMarked
package dev.billhook.conversion;

import org.jspecify.annotations.NullMarked;
