/** What Checkout sells, piece by piece. */
@NullMarked
package dev.billhook.internal.checkout;

import org.jspecify.annotations.NullMarked;
