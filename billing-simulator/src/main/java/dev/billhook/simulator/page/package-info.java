/** The hosted pages: Checkout, Customer Portal, invoices, and a dashboard to look at everything and turn the clock. */
@NullMarked
package dev.billhook.simulator.page;

import org.jspecify.annotations.NullMarked;
