/** What coupons take off, and for how long. */
@NullMarked
package dev.billhook.coupon;

import org.jspecify.annotations.NullMarked;
