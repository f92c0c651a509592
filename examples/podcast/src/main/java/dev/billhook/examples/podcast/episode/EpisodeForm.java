package dev.billhook.examples.podcast.episode;

import java.util.Optional;

/**
 * What the form sends, without blanks around it.
 *
 * @param title needed
 * @param notes may be empty
 * @param transcript may be empty
 */
record EpisodeForm(String title, String notes, String transcript) {
    private static final int MAX_TITLE = 160;
    private static final int MAX_NOTES = 4_000;
    private static final int MAX_TRANSCRIPT = 20_000;

    EpisodeForm {
        title = title.strip();
        notes = notes.strip();
        transcript = transcript.strip();
    }

    /** What is wrong with it, for the member to read. */
    Optional<String> problem() {
        if (title.isEmpty()) {
            return Optional.of("An episode needs a title.");
        }
        if (title.length() > MAX_TITLE) {
            return Optional.of("A title has at most " + MAX_TITLE + " characters.");
        }
        if (notes.length() > MAX_NOTES || transcript.length() > MAX_TRANSCRIPT) {
            return Optional.of("Notes have at most " + MAX_NOTES + " characters, transcripts " + MAX_TRANSCRIPT + ".");
        }
        return Optional.empty();
    }
}
