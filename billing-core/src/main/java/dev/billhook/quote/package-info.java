/** Offers: what a subscription or a change of one would cost, on paper, until it is accepted or runs out. */
@NullMarked
package dev.billhook.quote;

import org.jspecify.annotations.NullMarked;
