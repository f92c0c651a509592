/** The picture of a subscription's life on the dashboard. */
@NullMarked
package dev.billhook.simulator.page.dashboard.timeline;

import org.jspecify.annotations.NullMarked;
