/** The Customer Portal: plan, cancellation, payment method and invoices of one customer. */
@NullMarked
package dev.billhook.simulator.page.portal;

import org.jspecify.annotations.NullMarked;
