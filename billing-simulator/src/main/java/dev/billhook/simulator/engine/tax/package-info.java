/** Tax rates, tax ids of customers, and what tax comes to on invoices and in Checkout. */
@NullMarked
package dev.billhook.simulator.engine.tax;

import org.jspecify.annotations.NullMarked;
