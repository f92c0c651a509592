/** Documents to print, as PDF: invoices, credit notes and quotes. */
@NullMarked
package dev.billhook.simulator.page.pdf;

import org.jspecify.annotations.NullMarked;
