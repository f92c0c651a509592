/** A provider in memory and the data that the tests of the use cases share. */
@NullMarked
package dev.billhook.testing;

import org.jspecify.annotations.NullMarked;
