/** What every part of the simulator stands on: the document store with its unit of work, time, identifiers and errors. */
@NullMarked
package dev.billhook.simulator.kernel;

import org.jspecify.annotations.NullMarked;
