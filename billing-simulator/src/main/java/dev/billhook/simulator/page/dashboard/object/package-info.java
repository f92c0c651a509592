/** The dashboard's pages of single objects. */
@NullMarked
package dev.billhook.simulator.page.dashboard.object;

import org.jspecify.annotations.NullMarked;
