/** Coupons, promotion codes and discounts: what they are, who may redeem them, and what they take off. */
@NullMarked
package dev.billhook.simulator.engine.discount;

import org.jspecify.annotations.NullMarked;
