package dev.billhook.simulator.page;

import org.junit.jupiter.api.AfterEach;

/** A test of pages, each with a stage of its own. */
abstract class StageTest {
    final Stage stage = new Stage();
    final Browser browser = stage.browser;

    @AfterEach
    void close() {
        stage.close();
    }
}
