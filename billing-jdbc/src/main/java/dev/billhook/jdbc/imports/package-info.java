/** Reads the rows of an import from a database. */
@NullMarked
package dev.billhook.jdbc.imports;

import org.jspecify.annotations.NullMarked;
