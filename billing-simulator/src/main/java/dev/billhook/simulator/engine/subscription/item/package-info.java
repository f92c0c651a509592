/** What a subscription consists of, for which periods, and what that costs. */
@NullMarked
package dev.billhook.simulator.engine.subscription.item;

import org.jspecify.annotations.NullMarked;
