/** The endpoints of customers, payment methods, payments and set-ups. */
@NullMarked
package dev.billhook.simulator.resource.payment;

import org.jspecify.annotations.NullMarked;
