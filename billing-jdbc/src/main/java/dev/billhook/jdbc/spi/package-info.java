/** What a framework implements so that the stores join its transactions. */
@NullMarked
package dev.billhook.jdbc.spi;

import org.jspecify.annotations.NullMarked;
