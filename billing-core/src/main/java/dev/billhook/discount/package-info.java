/** Promotion codes: whether they can be redeemed, and what accounts have of them. */
@NullMarked
package dev.billhook.discount;

import org.jspecify.annotations.NullMarked;
