/** How an account's invoices are told, paid and taken back; not API. */
@NullMarked
package dev.billhook.internal.invoice;

import org.jspecify.annotations.NullMarked;
