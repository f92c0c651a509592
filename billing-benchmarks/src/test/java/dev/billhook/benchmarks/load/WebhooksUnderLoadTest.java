package dev.billhook.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.benchmarks.Figures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Webhooks under load")
class WebhooksUnderLoadTest {
    @Test
    @DisplayName("are measured for all receivers; nothing is lost, and the mirror is as the last events say")
    void run() throws IOException {
        Figures figures = WebhooksUnderLoad.run(new WebhooksUnderLoad.Settings(1, 60, 300, 20, List.of(2)));

        assertThat(figures.table())
                .contains("INLINE at 2 / bare receiver")
                .contains("QUEUED, acknowledged at 2 / bare receiver")
                .contains("QUEUED, applied at 2 / bare batches")
                .contains("QUEUED at 2 and half load / bare receiver, p99");
    }
}
