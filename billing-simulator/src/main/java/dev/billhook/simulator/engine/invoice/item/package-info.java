/** What stands on an invoice: its lines, and the items that wait for one. */
@NullMarked
package dev.billhook.simulator.engine.invoice.item;

import org.jspecify.annotations.NullMarked;
