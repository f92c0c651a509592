/** A small podcast host that sells its plans with Billhook. */
@NullMarked
package dev.billhook.examples.podcast;

import org.jspecify.annotations.NullMarked;
