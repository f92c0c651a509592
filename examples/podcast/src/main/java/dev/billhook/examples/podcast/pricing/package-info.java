/** The pricing page, rendered from the catalog. */
@NullMarked
package dev.billhook.examples.podcast.pricing;

import org.jspecify.annotations.NullMarked;
