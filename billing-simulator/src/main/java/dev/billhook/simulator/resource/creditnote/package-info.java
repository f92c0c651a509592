/** Endpoints of credit notes. */
@NullMarked
package dev.billhook.simulator.resource.creditnote;

import org.jspecify.annotations.NullMarked;
