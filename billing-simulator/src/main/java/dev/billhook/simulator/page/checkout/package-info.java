/** The hosted Checkout page and its 3-D Secure step. */
@NullMarked
package dev.billhook.simulator.page.checkout;

import org.jspecify.annotations.NullMarked;
