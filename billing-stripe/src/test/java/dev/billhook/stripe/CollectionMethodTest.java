package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C11 Charged automatically, or by an invoice with days to pay; at any time, both ways")
class CollectionMethodTest {
    private static final AccountRef ACCOUNT = Subscriber.ACCOUNT;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
            """);

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final SubscriptionService subscriptions = subscriber.billing().subscriptions();

    private JsonNode newestInvoice() {
        return subscriber.invoices().get(0);
    }

    @Test
    @DisplayName(
            "C11 from the card to an invoice: the next one is open until it is paid by hand, and due after the days given")
    void byInvoice() {
        subscriber.subscribe("pro-monthly");

        Subscription byHand = subscriptions.collectBy(ACCOUNT, CollectionMethod.invoice(14));

        assertThat(byHand.terms().collection()).isEqualTo(CollectionMethod.invoice(14));
        assertThat(subscriber.renewed().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        JsonNode invoice = newestInvoice();
        assertThat(invoice.path("status").textValue()).isEqualTo("open");
        assertThat(invoice.path("due_date").longValue()
                        - invoice.path("created").longValue())
                .isBetween(Duration.ofDays(14).toSeconds(), Duration.ofDays(14).toSeconds() + 3600);
        assertThat(subscriber.paid()).isEqualTo(2900);
        assertThat(subscriber.after(Duration.ofDays(15)).pastDue()).isTrue();
    }

    @Test
    @DisplayName("C11 back to the card: the next invoice is charged; the one that was to be paid by hand still is")
    void automatically() {
        subscriber.subscribe("pro-monthly", "collection_method=send_invoice", "days_until_due=60");
        subscriber.after(Duration.ofHours(2));
        String first = newestInvoice().path("id").textValue();

        Subscription charged = subscriptions.collectBy(ACCOUNT, CollectionMethod.automatic());

        assertThat(charged.terms().collection()).isEqualTo(CollectionMethod.automatic());
        subscriber.renewed();
        assertThat(newestInvoice().path("status").textValue()).isEqualTo("paid");
        assertThat(subscriber.get("/v1/invoices/" + first).path("status").textValue())
                .isEqualTo("open");
        assertThat(subscriber.paid()).isEqualTo(2900);
    }

    @Test
    @DisplayName("C11 other days count from the next invoice on")
    void otherDays() {
        subscriber.subscribe("pro-monthly", "collection_method=send_invoice", "days_until_due=30");
        subscriber.after(Duration.ofHours(2));
        long due = newestInvoice().path("due_date").longValue();

        Subscription sooner = subscriptions.collectBy(ACCOUNT, CollectionMethod.invoice(7));

        assertThat(sooner.terms().collection()).isEqualTo(CollectionMethod.invoice(7));
        assertThat(newestInvoice().path("due_date").longValue()).isEqualTo(due);
    }

    @Test
    @DisplayName("C11 a change that is scheduled neither gets lost nor brings the old way back")
    void scheduled() {
        subscriber.subscribe("pro-monthly");
        subscriptions.changePlan(ACCOUNT, PlanKey.of("hobby-monthly"));

        Subscription byHand = subscriptions.collectBy(ACCOUNT, CollectionMethod.invoice(14));

        assertThat(byHand.scheduledChange().orElseThrow().plans()).containsExactly(PlanKey.of("hobby-monthly"));
        Subscription hobby = subscriber.renewed();
        assertThat(hobby.plans()).containsExactly(PlanKey.of("hobby-monthly"));
        assertThat(hobby.terms().collection()).isEqualTo(CollectionMethod.invoice(14));
        assertThat(newestInvoice().path("status").textValue()).isEqualTo("open");
    }
}
