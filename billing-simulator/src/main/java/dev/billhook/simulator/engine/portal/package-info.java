/** The customer portal: configurations, sessions, and what people do there. */
@NullMarked
package dev.billhook.simulator.engine.portal;

import org.jspecify.annotations.NullMarked;
