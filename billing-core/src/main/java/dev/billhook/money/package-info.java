/** Amounts in minor units with their currency; exact, never floating point. */
@NullMarked
package dev.billhook.money;

import org.jspecify.annotations.NullMarked;
