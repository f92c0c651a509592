/** The endpoints of products and prices. */
@NullMarked
package dev.billhook.simulator.resource.catalog;

import org.jspecify.annotations.NullMarked;
