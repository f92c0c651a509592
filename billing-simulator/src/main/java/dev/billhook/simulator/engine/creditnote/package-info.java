/** Credit notes: what of a finalized invoice is taken back, before or after it was paid. */
@NullMarked
package dev.billhook.simulator.engine.creditnote;

import org.jspecify.annotations.NullMarked;
