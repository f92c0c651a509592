/** Sends an account to the provider's hosted pages, Checkout and Customer Portal, and takes it back. */
@NullMarked
package dev.billhook.checkout;

import org.jspecify.annotations.NullMarked;
