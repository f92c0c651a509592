/** The first page of a member. */
@NullMarked
package dev.billhook.examples.podcast.dashboard;

import org.jspecify.annotations.NullMarked;
