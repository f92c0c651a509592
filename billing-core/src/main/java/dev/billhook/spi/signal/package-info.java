/** How nodes tell each other at once that what an account may do has changed. */
@NullMarked
package dev.billhook.spi.signal;

import org.jspecify.annotations.NullMarked;
