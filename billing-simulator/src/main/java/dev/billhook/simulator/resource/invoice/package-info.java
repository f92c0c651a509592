/** The endpoints of invoices, their items and their payments. */
@NullMarked
package dev.billhook.simulator.resource.invoice;

import org.jspecify.annotations.NullMarked;
