/** Customers and their payment methods, payments and set-ups, decided by Stripe's test cards. */
@NullMarked
package dev.billhook.simulator.engine.payment;

import org.jspecify.annotations.NullMarked;
