package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.subscription.Cancellation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("From a plan to its end")
class BillingThreadTest extends PodcastFixture {
    @Test
    @DisplayName(
            "D2 without a plan a member must choose one: no dashboard, no publishing; settings and export are open")
    void noPlan() {
        Visitor member = member();
        assertThat(member.get("/dashboard").redirect()).isEqualTo("/plans");
        Visitor.Answer refused = member.post("/episodes", "title", "Pilot");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("That needs a plan", "Choose a plan");
        assertThat(member.get("/settings").status()).isEqualTo(200);
        assertThat(member.get("/export").status()).isEqualTo(200);
        assertThat(member.post("/billing/portal").redirect()).isEqualTo("/plans");
    }

    @Test
    @DisplayName("B6 choosing a plan redirects with 303 to the hosted payment page")
    void checkout() {
        Visitor.Answer sent = member().post("/checkout", "plan", "starter-monthly");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.redirect()).startsWith(simulator.baseUrl());
    }

    @Test
    @DisplayName("D1 leaving the payment page leads back to the plan choice, and nothing was paid")
    void cancelledCheckout() {
        Visitor member = member();
        member.post("/checkout", "plan", "starter-monthly");
        assertThat(member.get("/checkout/cancelled?plan=starter-monthly").redirect())
                .isEqualTo("/plans?plan=starter-monthly");
        assertThat(member.get("/checkout/return").redirect()).isEqualTo("/plans");
    }

    @Test
    @DisplayName("a plan that is not for sale, or seats that are not, lead back to the plan choice")
    void unknownOffers() {
        Visitor member = member();
        assertThat(member.post("/checkout", "plan", "gold").redirect()).isEqualTo("/plans");
        assertThat(member.post("/checkout", "plan", "studio-monthly", "units", "1")
                        .redirect())
                .isEqualTo("/plans?plan=studio-monthly");
        assertThat(member.post("/checkout", "plan", "studio-monthly", "units", "many")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("B7 the browser that is back has access at once, and the webhook changes nothing about it")
    void paid() {
        Visitor member = member();
        String back = pay(member.post("/checkout", "plan", "starter-monthly").redirect());
        assertThat(back).endsWith("/checkout/return");
        assertThat(member.get("/checkout/return").redirect()).isEqualTo("/dashboard");
        assertThat(member.get("/dashboard").body()).contains("Starter", "Active", "$9", "Renews on");
        awaitWebhooks();
        assertThat(member.get("/dashboard").body()).contains("Starter", "Active");
    }

    @Test
    @DisplayName("B7 access also comes from the webhook alone, when the browser never returns")
    void webhookAlone() {
        Visitor member = member();
        pay(member.post("/checkout", "plan", "pro-monthly").redirect());
        awaitWebhooks();
        assertThat(member.get("/dashboard").body()).contains("Free trial", "First charge on");
    }

    @Test
    @DisplayName("a second checkout is refused while there is a plan")
    void secondCheckout() {
        assertThat(subscriber("starter-monthly")
                        .post("/checkout", "plan", "pro-monthly")
                        .redirect())
                .isEqualTo("/billing");
    }

    @Test
    @DisplayName("C21 a plan's limit is enforced: Starter takes five episodes, not six")
    void limit() {
        Visitor member = subscriber("starter-monthly");
        for (int i = 1; i <= 5; i++) {
            assertThat(member.post("/episodes", "title", "Episode " + i).redirect())
                    .isEqualTo("/episodes");
        }
        Visitor.Answer sixth = member.post("/episodes", "title", "Episode 6");
        assertThat(sixth.status()).isEqualTo(403);
        assertThat(sixth.body()).contains("Your plan is full", "See larger plans");
        assertThat(member.get("/episodes").body()).contains("Episode 5").doesNotContain("Episode 6");
    }

    @Test
    @DisplayName("C21 a feature of larger plans is refused on the server, not only hidden")
    void feature() {
        Visitor member = subscriber("starter-monthly");
        assertThat(member.get("/episodes").body()).doesNotContain("name=\"transcript\"");
        Visitor.Answer refused = member.post("/episodes", "title", "Pilot", "transcript", "Hello.");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Your plan does not include that");

        assertThat(member.post("/billing/plan", "plan", "pro-monthly").redirect())
                .isEqualTo("/billing");
        assertThat(member.post("/episodes", "title", "Pilot", "transcript", "Hello.")
                        .redirect())
                .isEqualTo("/episodes");
        assertThat(member.get("/episodes").body()).contains("Hello.");
    }

    @Test
    @DisplayName("C2 a smaller plan begins when the paid month ends, and one can stay until then")
    void downgrade() {
        Visitor member = subscriber("studio-monthly", "units", "3");

        member.post("/billing/plan", "plan", "pro-monthly");

        assertThat(member.get("/billing").body()).contains("You move to Pro on", "Moves to Pro on", "$57");
        member.post("/billing/stay");
        assertThat(member.get("/billing").body())
                .contains("Your plan stays as it is.")
                .doesNotContain("Moves to");
    }

    @Test
    @DisplayName("C7 seats of a team plan are changed within the plan's terms")
    void seats() {
        Visitor member = subscriber("studio-monthly", "units", "3");
        assertThat(member.get("/billing").body()).contains("$57", "Number of seats");
        member.post("/billing/seats", "units", "5");
        assertThat(member.get("/billing").body()).contains("You have 5 seats now.", "$95");
        member.post("/billing/seats", "units", "51");
        assertThat(member.get("/billing").body()).contains("does not come with 51 seats", "$95");
        assertThat(subscriber("starter-monthly").get("/billing").body()).doesNotContain("Number of seats");
    }

    @Test
    @DisplayName(
            "D2 C16 cancelled: the end date is shown, then everything is read-only; export, settings and portal stay open")
    void readOnly() {
        Visitor member = subscriber("starter-monthly");
        member.post("/episodes", "title", "Pilot");
        cancelAtPeriodEnd(member);
        assertThat(member.get("/dashboard").body()).contains("Ends on", "Active");

        advanceMonths(1);

        assertThat(member.get("/dashboard").body()).contains("read-only", "Ended on");
        Visitor.Answer refused = member.post("/episodes", "title", "Too late");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Your shows are read-only", "Choose a plan", "Download export");
        assertThat(member.get("/episodes").body()).contains("Pilot").doesNotContain("Too late");
        assertThat(member.get("/export").body()).contains("Pilot");
        assertThat(member.post("/settings", "showTitle", "Tea with friends").redirect())
                .isEqualTo("/settings");
        assertThat(member.post("/billing/portal").status()).isEqualTo(303);
        assertThat(member.post("/checkout", "plan", "starter-monthly").redirect())
                .startsWith(simulator.baseUrl());
    }

    @Test
    @DisplayName("C16 a cancellation can be withdrawn")
    void withdrawn() {
        Visitor member = subscriber("starter-monthly");
        cancelAtPeriodEnd(member);
        assertThat(member.get("/billing").body()).contains("Ends on", "Keep my plan");
        member.post("/billing/resume");
        assertThat(member.get("/billing").body()).contains("your plan goes on", "Renews on");
    }

    @Test
    @DisplayName("B1 the portal opens for the member of the session, whatever the request says")
    void portal() {
        Visitor.Answer sent = subscriber("starter-monthly")
                .post("/billing/portal", "customer", "cus_somebody_else", "flow", "UPDATE_PAYMENT_METHOD");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.redirect()).startsWith(simulator.baseUrl()).doesNotContain("cus_somebody_else");
        assertThat(member().get("/episodes?member=1").body()).contains("Nothing published yet");
    }

    /** As the portal does it, but without a browser. */
    private void cancelAtPeriodEnd(Visitor visitor) {
        billing.subscriptions().cancel(memberOf(visitor).account(), Cancellation.atPeriodEnd());
    }
}
