/** Episodes, written only by those whose plan allows it. */
@NullMarked
package dev.billhook.examples.podcast.episode;

import org.jspecify.annotations.NullMarked;
