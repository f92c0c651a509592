/** The records of a file of separated values, each with its line; knows nothing of what they mean. */
@NullMarked
package dev.billhook.internal.csv;

import org.jspecify.annotations.NullMarked;
