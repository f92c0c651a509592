/** How the parts of a simulator hang together; not API. */
@NullMarked
package dev.billhook.simulator.wiring;

import org.jspecify.annotations.NullMarked;
