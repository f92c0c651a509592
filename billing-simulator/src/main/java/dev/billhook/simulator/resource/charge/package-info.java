/** Endpoints of charges, refunds, disputes and the account's balance. */
@NullMarked
package dev.billhook.simulator.resource.charge;

import org.jspecify.annotations.NullMarked;
