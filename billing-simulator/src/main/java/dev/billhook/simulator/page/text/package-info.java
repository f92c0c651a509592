/** Wording for people: amounts, dates, prices, plans, cards, states. */
@NullMarked
package dev.billhook.simulator.page.text;

import org.jspecify.annotations.NullMarked;
