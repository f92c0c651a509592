/** The life of subscriptions: billing cycles, changes and prorations, and what of them is put on invoices. */
@NullMarked
package dev.billhook.simulator.engine.subscription;

import org.jspecify.annotations.NullMarked;
