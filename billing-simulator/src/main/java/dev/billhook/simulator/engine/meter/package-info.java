/** Billing meters: which events they count, what is reported to them, and what a customer used in a time. */
@NullMarked
package dev.billhook.simulator.engine.meter;

import org.jspecify.annotations.NullMarked;
