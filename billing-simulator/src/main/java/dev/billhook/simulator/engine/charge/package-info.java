/** Charges and what becomes of them: captures, refunds, disputes, and the entries they make in the account's balance. */
@NullMarked
package dev.billhook.simulator.engine.charge;

import org.jspecify.annotations.NullMarked;
