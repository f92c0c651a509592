package dev.billhook.torture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C6 several hosts on one database, one of which is killed,")
class SharedDatabaseTest {
    @Test
    @DisplayName("apply each event once and keep the order of each account")
    void shareTheWork() throws Exception {
        new Torture(Scenario.shared()).run();
    }
}
