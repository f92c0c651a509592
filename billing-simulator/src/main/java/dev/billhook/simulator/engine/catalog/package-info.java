/** Products and prices: how they are made, and what a quantity at a price costs. */
@NullMarked
package dev.billhook.simulator.engine.catalog;

import org.jspecify.annotations.NullMarked;
