/** The event log and the signed, ordered delivery of events to webhook endpoints. */
@NullMarked
package dev.billhook.simulator.event;

import org.jspecify.annotations.NullMarked;
