/** Reads a catalog from a file and tells everything that is wrong with it at once. */
@NullMarked
package dev.billhook.catalog.file;

import org.jspecify.annotations.NullMarked;
