/** How documents are held: trees while they are in use, packed otherwise, in order of creation and by indexed fields. */
@NullMarked
package dev.billhook.simulator.kernel.rows;

import org.jspecify.annotations.NullMarked;
