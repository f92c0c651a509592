/** The development panel: turns the simulator's clock. */
@NullMarked
package dev.billhook.examples.podcast.simulated;

import org.jspecify.annotations.NullMarked;
