package dev.billhook.examples.podcast.notice;

import java.time.Instant;

/**
 * Something billing has to tell a member.
 *
 * @param text what to read
 * @param notedAt when it happened (UTC)
 */
public record Notice(String text, Instant notedAt) {}
