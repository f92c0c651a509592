/** The shop window: {@link dev.billhook.Billing} answers everything a host asks, and every failure is a {@link dev.billhook.BillingException}. */
@NullMarked
package dev.billhook;

import org.jspecify.annotations.NullMarked;
