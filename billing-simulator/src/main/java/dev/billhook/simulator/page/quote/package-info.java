/** Quotes as documents to print. */
@NullMarked
package dev.billhook.simulator.page.quote;

import org.jspecify.annotations.NullMarked;
