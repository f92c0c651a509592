/** What the help desk is shown of a member. */
@NullMarked
package dev.billhook.examples.podcast.desk;

import org.jspecify.annotations.NullMarked;
