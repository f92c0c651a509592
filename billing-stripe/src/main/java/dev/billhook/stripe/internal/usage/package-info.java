/** Usage of metered plans at Stripe. */
@NullMarked
package dev.billhook.stripe.internal.usage;

import org.jspecify.annotations.NullMarked;
