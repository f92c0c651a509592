/** What the parts of the engine share. */
@NullMarked
package dev.billhook.simulator.engine;

import org.jspecify.annotations.NullMarked;
