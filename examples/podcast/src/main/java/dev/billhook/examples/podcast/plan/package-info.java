/** Choosing a plan: to Checkout and back. */
@NullMarked
package dev.billhook.examples.podcast.plan;

import org.jspecify.annotations.NullMarked;
