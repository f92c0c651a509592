/** Stripe by properties. */
@NullMarked
package dev.billhook.spring.stripe;

import org.jspecify.annotations.NullMarked;
