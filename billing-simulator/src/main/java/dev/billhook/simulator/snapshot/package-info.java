/** Keeping the whole world of a simulator in a file, and taking it up again. */
@NullMarked
package dev.billhook.simulator.snapshot;

import org.jspecify.annotations.NullMarked;
