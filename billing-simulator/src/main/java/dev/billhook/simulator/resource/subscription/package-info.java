/** The endpoints of subscriptions and their items, and previews of their invoices. */
@NullMarked
package dev.billhook.simulator.resource.subscription;

import org.jspecify.annotations.NullMarked;
