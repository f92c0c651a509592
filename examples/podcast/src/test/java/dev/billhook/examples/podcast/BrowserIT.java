package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.examples.podcast.Browser.Window;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@DisplayName("A person with a browser")
class BrowserIT extends PodcastFixture {
    private static @Nullable Browser browser;

    @LocalServerPort
    private int port;

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Browser.executable();
        if (chromium.isEmpty()) {
            System.out.println("Browser tests are skipped: no Chromium at $CHROMIUM or /usr/bin/chromium.");
        }
        Assumptions.assumeTrue(chromium.isPresent(), "no Chromium at $CHROMIUM or /usr/bin/chromium");
        browser = Browser.start(chromium.get());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @DisplayName("D10 signs up, pays, cancels in the portal, sees the end date and, a month later, a read-only show")
    void wholeThread() {
        try (Window window = open("thread")) {
            signUp(window, "Choose Starter");
            assertThat(window.picture("plan-choice").text()).contains("Choose your plan", "$9");

            window.press("Choose Starter");
            assertThat(window.picture("checkout").text()).contains("Starter", "$9.00");
            window.pay("4242 4242 4242 4242");
            assertThat(window.picture("dashboard").text()).contains("Thank you!", "Starter", "Active", "Renews on");

            window.follow("Publish an episode")
                    .fill("Title", "Pilot")
                    .fill("Notes", "We begin.")
                    .press("Publish");
            assertThat(window.picture("published").text()).contains("“Pilot” is published.");

            cancelInPortal(window);
            assertThat(window.picture("cancelled").text()).contains("Ends on");
            awaitWebhooks();
            assertThat(window.follow("Dashboard").picture("ending").text())
                    .contains("Active", "Ends on", "Your subscription will end on ");

            window.press("Advance one month");
            assertThat(window.picture("read-only").text())
                    .contains("Your shows are read-only", "Ended on", "Your subscription has ended.");

            window.follow("Episodes").fill("Title", "Too late").press("Publish");
            assertThat(window.picture("refused").text()).contains("Your shows are read-only", "Choose a plan");
            assertThat(window.download("Download export")).contains("Pilot").doesNotContain("Too late");
        }
    }

    @Test
    @DisplayName("B6 is told why a card is declined, and pays with another one")
    void declinedCard() {
        try (Window window = open("declined")) {
            signUp(window, "Choose Pro");
            window.press("Choose Pro").pay("4000 0000 0000 0002");
            assertThat(window.picture("declined").text()).contains("Your card was declined", "Nothing was charged");
            window.pay("4242 4242 4242 4242");
            assertThat(window.picture("dashboard").text())
                    .contains("Thank you!", "Pro", "Free trial", "First charge on");
        }
    }

    @Test
    @DisplayName("D1 leaves the payment page and is back at the plan choice")
    void back() {
        try (Window window = open("back")) {
            signUp(window, "Choose Studio");
            window.press("Choose Studio").picture("checkout").follow("Back");
            assertThat(window.picture("plan-choice").text()).contains("nothing was charged", "Choose your plan");
        }
    }

    @Test
    @DisplayName("C7 C2 buys seats, adds some, and moves to another plan")
    void seats() {
        try (Window window = open("seats")) {
            signUp(window, "Choose Studio");
            window.fill("Seats", "3").press("Choose Studio").pay("4242 4242 4242 4242");
            assertThat(window.picture("dashboard").text()).contains("Studio", "$57 a month");
            window.follow("Billing").fill("Number of seats", "5").press("Change seats");
            assertThat(window.picture("billing").text()).contains("You have 5 seats now.", "$95 a month");
            window.follow("Switch plan").picture("switch").press("Switch to Pro");
            assertThat(window.picture("switched").text())
                    .contains("You move to Pro on", "Moves to Pro on", "$95 a month");
            assertThat(window.press("Stay on my plan").picture("stayed").text())
                    .contains("Your plan stays as it is.", "$95 a month")
                    .doesNotContain("Moves to");
        }
    }

    @Test
    @DisplayName("D4 becomes a founding member, and nothing is charged ever again")
    void foundingMember() {
        try (Window window = open("founding")) {
            signUp(window, "Become a founding member");
            assertThat(window.picture("plan-choice").text()).contains("Pro, yours for ever", "3 of 3 places left");
            window.press("Become a founding member");
            assertThat(window.picture("checkout").text()).contains("Pro", "$290.00");
            window.pay("4242 4242 4242 4242");
            assertThat(window.picture("dashboard").text()).contains("Thank you!", "Pro", "for ever");
            assertThat(window.follow("Billing").picture("billing").text()).contains("for ever");
            assertThat(window.follow("See larger plans").picture("plans").text())
                    .contains("Yours for ever", "2 of 3 places left", "Choose Studio");
        }
    }

    private Window open(String story) {
        if (browser == null) {
            throw new IllegalStateException("The browser did not start");
        }
        return browser.open(story);
    }

    private void signUp(Window window, String choice) {
        window.go("http://localhost:" + port + "/").picture("landing").follow(choice);
        window.fill("E-mail", newEmail()).fill("Name of your show", "Tea with strangers");
        window.picture("signup").press("Sign up");
    }

    private void cancelInPortal(Window window) {
        window.follow("Billing").picture("billing").press("Open customer portal");
        window.picture("portal").follow("Cancel plan");
        window.picture("portal-cancel").press("Confirm cancellation");
        window.picture("portal-cancelled").follow("Return to");
    }
}
