/** Subscription schedules: phases that begin, change and end a subscription as time passes. */
@NullMarked
package dev.billhook.simulator.engine.schedule;

import org.jspecify.annotations.NullMarked;
