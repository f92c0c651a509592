/** Quotes: offers that become subscriptions or invoices when they are accepted. */
@NullMarked
package dev.billhook.simulator.engine.quote;

import org.jspecify.annotations.NullMarked;
