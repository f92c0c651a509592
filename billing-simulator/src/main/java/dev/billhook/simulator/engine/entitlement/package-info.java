/** Features of products, and which of them a customer is entitled to. */
@NullMarked
package dev.billhook.simulator.engine.entitlement;

import org.jspecify.annotations.NullMarked;
