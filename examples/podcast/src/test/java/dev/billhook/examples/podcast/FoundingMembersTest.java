package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchaseRefund;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 Founding members, of whom there are three")
class FoundingMembersTest extends PodcastFixture {
    private static final String FOUNDING = "founding-member";

    private final List<Visitor> founders = new ArrayList<>();

    /** The places are for all tests. */
    @AfterEach
    void giveBack() {
        founders.forEach(this::payBack);
    }

    private Visitor founder() {
        Visitor visitor = member();
        buy(visitor, FOUNDING);
        founders.add(visitor);
        return visitor;
    }

    private void payBack(Visitor founder) {
        AccountRef account = memberOf(founder).account();
        billing.purchases().list(account).stream()
                .filter(Purchase::valid)
                .forEach(purchase -> billing.purchases().refund(account, purchase.id(), PurchaseRefund.whole()));
    }

    private String pricing() {
        return visitor().get("/").body().replaceAll("<[^>]+>", "");
    }

    @Test
    @DisplayName("D4 B5 the pricing page shows the offer below the plans, with the places that are left")
    void offered() {
        assertThat(pricing()).contains("Founding members", "Pro, yours for ever", "$290", "3 of 3 places left");
        assertThat(visitor().get("/").body())
                .contains("/signup?plan=" + FOUNDING)
                .doesNotContain("interval=once");
        assertThat(member().get("/plans?plan=" + FOUNDING).body())
                .contains("founders picked", "Become a founding member");
    }

    @Test
    @DisplayName("D4 who buys has the plan for ever: on the dashboard, in billing, and years later")
    void bought() {
        Visitor founder = founder();

        assertThat(founder.get("/dashboard").body())
                .contains("Thank you! Your plan is set up.", "Pro", "for ever", "Founding member since")
                .doesNotContain("Renews on");
        assertThat(founder.get("/billing").body()).contains("for ever", "Open customer portal");
        assertThat(pricing()).contains("2 of 3 places left");
        advanceMonths(36);
        assertThat(founder.post("/episodes", "title", "Still here", "transcript", "Hello.")
                        .redirect())
                .isEqualTo("/episodes");
        assertThat(founder.get("/dashboard").body()).contains("Pro is yours for ever. Thank you!");
    }

    @Test
    @DisplayName("D4 what is owned is not sold again, and a larger plan can be bought on top")
    void owned() {
        Visitor founder = founder();
        assertThat(founder.get("/plans").body())
                .contains("Your plan and larger ones", "Yours for ever", "Included in yours", "Choose Studio")
                .doesNotContain("Become a founding member", "value=\"pro-monthly\"", "value=\"starter-monthly\"");
        assertThat(founder.post("/checkout", "plan", "pro-monthly").redirect()).isEqualTo("/plans");
        assertThat(founder.get("/plans").body()).contains("it is yours already, for ever");

        buy(founder, "studio-monthly");

        assertThat(founder.get("/billing").body()).contains("Studio", "$38", "Pro", "for ever");
    }

    @Test
    @DisplayName(
            "D4 a subscriber who becomes a founding member is told what becomes of the subscription, and rid of it")
    void subscriber() {
        Visitor visitor = subscriber("starter-monthly");
        assertThat(visitor.get("/plans").body()).contains("Your subscription ends then");

        founders.add(visitor);
        buy(visitor, FOUNDING);
        awaitListeners();

        assertThat(visitor.get("/dashboard").body())
                .contains("Founding member since", "Your subscription has ended.")
                .doesNotContain("read-only", "$9<");
        assertThat(subscriber("studio-monthly").get("/plans").body()).doesNotContain("Founding members");
    }

    @Test
    @DisplayName("D4 the last place is held for who is paying for it, then gone; others are told so")
    void soldOut() {
        founder();
        founder();
        Visitor last = member();
        String page = last.post("/checkout", "plan", FOUNDING).redirect();

        assertThat(pricing()).contains("being paid for just now", "Become a founding member");
        Visitor late = member();
        assertThat(late.post("/checkout", "plan", FOUNDING).redirect()).isEqualTo("/plans");
        assertThat(late.get("/plans").body()).contains("Try again in half an hour.");
        assertThat(last.post("/checkout", "plan", FOUNDING).redirect())
                .as("the place is still his")
                .isEqualTo(page);

        pay(page);
        awaitWebhooks();
        founders.add(last);

        assertThat(pricing()).contains("All 3 places are taken.", "Sold out").doesNotContain("Become a founding");
        assertThat(late.get("/plans").body()).contains("Sold out").doesNotContain("value=\"" + FOUNDING);
        late.post("/checkout", "plan", FOUNDING);
        assertThat(late.get("/plans").body()).contains("the last place has just gone");
    }

    @Test
    @DisplayName("D4 who gets the money back has no plan any more, and the place is somebody else's")
    void paidBack() {
        Visitor founder = founder();

        payBack(founder);
        awaitWebhooks();

        assertThat(founder.get("/dashboard").body()).contains("read-only").doesNotContain("Founding member since");
        assertThat(pricing()).contains("3 of 3 places left");
    }
}
