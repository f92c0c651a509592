package dev.billhook.examples.podcast.episode;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published episode.
 *
 * @param id our key
 * @param title at most 160 characters
 * @param notes show notes, may be empty
 * @param transcript what is said, or null
 * @param publishedAt when (UTC)
 */
public record Episode(
        long id, String title, String notes, @Nullable String transcript, Instant publishedAt) {}
