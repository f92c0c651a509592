/** Invoices, whomever they bill: their lines, their life from draft to end, and their collection. */
@NullMarked
package dev.billhook.simulator.engine.invoice;

import org.jspecify.annotations.NullMarked;
