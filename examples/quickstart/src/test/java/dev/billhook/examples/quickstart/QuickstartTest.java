package dev.billhook.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The quickstart")
class QuickstartTest {
    @Test
    @DisplayName("D10 tells one account's story from no plan to read-only, offline and within seconds")
    void story() {
        String story = Assertions.assertTimeout(Duration.ofSeconds(30), QuickstartTest::run);
        assertThat(story)
                .containsSubsequence(
                        "The catalog is published: ",
                        "again: 0.",
                        "Acme signs up. Access: NONE, next step CHOOSE_PLAN.",
                        "pays with 4242 4242 4242 4242.",
                        "The webhook has told us. Access: ACTIVE, features [publish], seats 3.",
                        "» UnitsChanged",
                        "grows to 5 seats. Access: ACTIVE, features [publish], seats 5.",
                        "» PlanChanged",
                        "Access: ACTIVE, features [publish, transcripts], seats 5.",
                        "» CancellationScheduled",
                        "Acme cancels; it ends on ",
                        "Access: ACTIVE",
                        "» SubscriptionEnded",
                        "A month later. Access: READ_ONLY, next step CHOOSE_PLAN.");
        assertThat(story).containsOnlyOnce("» SubscriptionActivated").contains("» InvoicePaid $36.00");
    }

    private static String run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}
