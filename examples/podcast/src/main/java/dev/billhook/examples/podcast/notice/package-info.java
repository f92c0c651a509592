/** What billing has to tell a member, noted once and shown on the dashboard. */
@NullMarked
package dev.billhook.examples.podcast.notice;

import org.jspecify.annotations.NullMarked;
