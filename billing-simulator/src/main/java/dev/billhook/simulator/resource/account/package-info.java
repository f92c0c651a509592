/** The endpoints of events, webhooks, test clocks and the account. */
@NullMarked
package dev.billhook.simulator.resource.account;

import org.jspecify.annotations.NullMarked;
