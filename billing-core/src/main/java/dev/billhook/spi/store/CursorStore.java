package dev.billhook.spi.store;

import java.util.Optional;

/**
 * Where long-running jobs got to.
 *
 * @since 0.1.0
 */
public interface CursorStore {
    /** What was saved under the name. */
    Optional<String> find(String name);

    /**
     * Saves under the name what is to be found after a restart.
     *
     * @param value at most 500 characters
     */
    void save(String name, String value);

    /** Forgets the name. */
    void remove(String name);
}
