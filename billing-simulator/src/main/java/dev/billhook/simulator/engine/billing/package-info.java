/** The life of subscriptions: billing cycles, prorations, invoices, collection and dunning. */
@NullMarked
package dev.billhook.simulator.engine.billing;

import org.jspecify.annotations.NullMarked;
