/** The endpoints of subscriptions, their items and invoices. */
@NullMarked
package dev.billhook.simulator.resource.billing;

import org.jspecify.annotations.NullMarked;
