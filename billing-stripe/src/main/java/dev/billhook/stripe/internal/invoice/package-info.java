/** Invoices of Stripe, made and estimated; not API. */
@NullMarked
package dev.billhook.stripe.internal.invoice;

import org.jspecify.annotations.NullMarked;
