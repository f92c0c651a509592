/** Reads the rows of an import from a file, or from whatever else has named columns. */
@NullMarked
package dev.billhook.imports.file;

import org.jspecify.annotations.NullMarked;
