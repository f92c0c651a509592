/** What of an invoice is taken back: credit notes and refunds. */
@NullMarked
package dev.billhook.credit;

import org.jspecify.annotations.NullMarked;
