/** Connects the billing to Stripe. */
@NullMarked
package dev.billhook.spring.stripe;

import org.jspecify.annotations.NullMarked;
