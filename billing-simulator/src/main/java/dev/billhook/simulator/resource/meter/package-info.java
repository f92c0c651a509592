/** The endpoints of billing meters, their events, adjustments and summaries. */
@NullMarked
package dev.billhook.simulator.resource.meter;

import org.jspecify.annotations.NullMarked;
