/** The endpoints of coupons, promotion codes and discounts. */
@NullMarked
package dev.billhook.simulator.resource.discount;

import org.jspecify.annotations.NullMarked;
