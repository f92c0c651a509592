/** The hosted invoice and the receipt. */
@NullMarked
package dev.billhook.simulator.page.invoice;

import org.jspecify.annotations.NullMarked;
