/** Lists: pages, filters and search. */
@NullMarked
package dev.billhook.simulator.api.list;

import org.jspecify.annotations.NullMarked;
