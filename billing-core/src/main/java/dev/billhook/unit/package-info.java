/** Units of a plan, such as seats: bought, given back, and kept in step with the host's own count. */
@NullMarked
package dev.billhook.unit;

import org.jspecify.annotations.NullMarked;
