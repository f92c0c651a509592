/** The dashboard of whoever runs the simulator: its objects, events, deliveries and clock. */
@NullMarked
package dev.billhook.simulator.page.dashboard;

import org.jspecify.annotations.NullMarked;
