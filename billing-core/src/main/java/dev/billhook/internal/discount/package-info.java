/** How codes are checked, redeemed and made; not API. */
@NullMarked
package dev.billhook.internal.discount;

import org.jspecify.annotations.NullMarked;
