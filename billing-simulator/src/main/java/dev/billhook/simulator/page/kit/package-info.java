/** What every page is made with: templates, wording of amounts, dates and prices, the card form, and safe links. */
@NullMarked
package dev.billhook.simulator.page.kit;

import org.jspecify.annotations.NullMarked;
