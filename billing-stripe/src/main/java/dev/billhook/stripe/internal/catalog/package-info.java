/** Products, prices and meters at Stripe. */
@NullMarked
package dev.billhook.stripe.internal.catalog;

import org.jspecify.annotations.NullMarked;
