/** The endpoints of quotes. */
@NullMarked
package dev.billhook.simulator.resource.quote;

import org.jspecify.annotations.NullMarked;
