/** What an account is charged: the lines and sums of invoices, made or estimated. */
@NullMarked
package dev.billhook.invoice;

import org.jspecify.annotations.NullMarked;
