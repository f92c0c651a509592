package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Pending items billed at intervals of their own")
class PendingItemIntervalTest extends OwnSimulatorTest {
    private static final Instant START = Instant.parse("2027-01-31T10:00:00Z");

    PendingItemIntervalTest() {
        super(StripeSimulator.builder().startAt(START));
    }

    @Test
    @DisplayName("C2 prorations of a yearly plan are billed each month, and nothing is when nothing is pending")
    void monthly() {
        Answer subscription =
                shop.subscribe(shop.customer(), shop.yearly(36_500), "pending_invoice_item_interval[interval]=month");
        assertThat(subscription.number("/pending_invoice_item_interval/interval_count"))
                .isEqualTo(1);
        assertThat(next(subscription)).isEqualTo(Instant.parse("2027-02-28T10:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-03-01T10:00:00Z"));
        assertThat(invoices(subscription)).isEqualTo(1);
        assertThat(next(subscription)).isEqualTo(Instant.parse("2027-03-31T10:00:00Z"));
        api.post(
                "/v1/subscriptions/" + subscription.id(),
                "items[0][id]=" + subscription.text("/items/data/0/id"),
                "items[0][quantity]=2");
        simulator.advanceTo(Instant.parse("2027-03-31T10:00:00Z"));
        Answer draft = shop.newestInvoice(subscription.id());
        assertThat(draft.text("/status")).isEqualTo("draft");
        assertThat(draft.text("/billing_reason")).isEqualTo("automatic_pending_invoice_item_invoice");
        assertThat(draft.number("/total")).isEqualTo(336 * 100);
        simulator.advance(Duration.ofHours(1));
        assertThat(shop.newestInvoice(subscription.id()).text("/status")).isEqualTo("paid");
        simulator.advanceTo(Instant.parse("2027-06-01T10:00:00Z"));
        assertThat(invoices(subscription)).isEqualTo(2);
    }

    @Test
    @DisplayName("C2 the interval can be given up, and ends with its subscription")
    void ends() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        String path = "/v1/subscriptions/" + subscription.id();
        api.post(
                path, "pending_invoice_item_interval[interval]=day", "pending_invoice_item_interval[interval_count]=3");
        assertThat(next(subscription)).isEqualTo(START.plus(Duration.ofDays(3)));
        api.post(path, "pending_invoice_item_interval=");
        assertThat(shop.subscription(subscription.id())
                        .body()
                        .path("next_pending_invoice_item_invoice")
                        .isNull())
                .isTrue();
        api.post(
                "/v1/invoiceitems",
                "customer=" + subscription.text("/customer"),
                "subscription=" + subscription.id(),
                "currency=usd",
                "amount=100");
        simulator.advance(Duration.ofDays(4));
        assertThat(invoices(subscription)).isEqualTo(1);
        api.post(path, "pending_invoice_item_interval[interval]=day");
        api.delete(path);
        simulator.advance(Duration.ofDays(4));
        assertThat(invoices(subscription)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"month, 13", "week, 53", "year, 2", "day, 0"})
    @DisplayName("C2 an interval of more than a year or of nothing is refused")
    void refused(String interval, int count) {
        Answer refused = shop.subscribe(
                shop.customer(),
                shop.monthly(1000),
                "pending_invoice_item_interval[interval]=" + interval,
                "pending_invoice_item_interval[interval_count]=" + count);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/param")).isEqualTo("pending_invoice_item_interval[interval_count]");
    }

    private Instant next(Answer subscription) {
        return Instant.ofEpochSecond(shop.subscription(subscription.id()).number("/next_pending_invoice_item_invoice"));
    }

    private int invoices(Answer subscription) {
        return api.get("/v1/invoices", "subscription=" + subscription.id())
                .body()
                .path("data")
                .size();
    }
}
