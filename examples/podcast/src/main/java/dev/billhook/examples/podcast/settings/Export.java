package dev.billhook.examples.podcast.settings;

import dev.billhook.examples.podcast.episode.Episode;
import java.util.List;

/**
 * Everything a member made here.
 *
 * @param show the show's title
 * @param episodes newest first
 */
record Export(String show, List<Episode> episodes) {}
