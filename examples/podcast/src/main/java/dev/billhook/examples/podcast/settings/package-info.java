/** What stays open whatever becomes of the subscription: settings and export. */
@NullMarked
package dev.billhook.examples.podcast.settings;

import org.jspecify.annotations.NullMarked;
