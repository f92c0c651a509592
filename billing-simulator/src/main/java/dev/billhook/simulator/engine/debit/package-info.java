/** Payments from bank accounts, whose banks answer days later. */
@NullMarked
package dev.billhook.simulator.engine.debit;

import org.jspecify.annotations.NullMarked;
