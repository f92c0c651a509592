package dev.billhook.stripe.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.account.AccountRef;
import dev.billhook.error.ProviderException;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventGateway;
import dev.billhook.spi.provider.EventGateway.Stored;
import dev.billhook.spi.provider.Page;
import dev.billhook.stripe.testing.MirroredShop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What Stripe lists")
class StripeEventsTest {
    @AutoClose
    private final MirroredShop shop = new MirroredShop(UnaryOperator.identity());

    private final EventGateway events = shop.stripe().events();

    /** Makes customers, one a day, each with one event. */
    private List<String> customers(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(shop.customer(AccountRef.of("user", "u" + i)));
            shop.advance(Duration.ofDays(1));
        }
        return ids;
    }

    private static List<String> about(List<Stored> events) {
        return events.stream()
                .map(event -> event.payload().replaceFirst("(?s).*?\"id\":\"(cus_\\w+)\".*", "$1"))
                .toList();
    }

    @Test
    @DisplayName("C5 events after one are told oldest first, page by page, each with its body")
    void after() {
        Stored start = events.newest().orElseThrow();
        List<String> made = customers(5);

        List<Stored> first = events.after(start.envelope().id(), 2).orElseThrow();
        List<Stored> second = events.after(first.get(1).envelope().id(), 100).orElseThrow();

        assertThat(about(first)).isEqualTo(made.subList(0, 2));
        assertThat(about(second)).isEqualTo(made.subList(2, 5));
        assertThat(second.get(2)).isEqualTo(events.newest().orElseThrow());
        assertThat(events.after(second.get(2).envelope().id(), 10)).contains(List.of());
        assertThat(second).allSatisfy(event -> {
            assertThat(event.envelope().type()).isEqualTo("customer.created");
            assertThat(event.envelope().livemode()).isFalse();
            assertThat(events.find(event.envelope().id())).contains(event.payload());
        });
    }

    @Test
    @DisplayName("C5 the oldest event since a time is found through all pages")
    void firstSince() {
        Instant begin = shop.simulator().now();
        List<String> made = customers(120);

        assertThat(about(List.of(
                        events.firstSince(begin.plus(Duration.ofDays(1))).orElseThrow())))
                .containsExactly(made.get(1));
        assertThat(events.firstSince(begin.plus(Duration.ofDays(500)))).isEmpty();
    }

    @Test
    @DisplayName("C5 an event Stripe does not have is empty, a failure is a failure")
    void gone() {
        assertThat(events.find("evt_none")).isEmpty();
        assertThat(events.after("evt_none", 10)).isEmpty();
        shop.simulator().refuseNextRequests(10);
        assertThatThrownBy(() -> events.find("evt_none")).isInstanceOf(ProviderException.class);
    }

    @Test
    @DisplayName("C5 customers are listed newest first, with their payment methods, until there are no more")
    void listsCustomers() {
        List<String> made = customers(5);
        shop.post("/v1/customers/" + made.get(4), "invoice_settings[default_payment_method]=pm_card_visa");
        shop.post("/v1/customers/" + made.get(3), "source=tok_amex");

        Page<CustomerSnapshot> first = shop.stripe().customers().list(null, 3);
        Page<CustomerSnapshot> second = shop.stripe().customers().list(made.get(2), 3);

        assertThat(first.items())
                .extracting(CustomerSnapshot::customerId)
                .containsExactly(made.get(4), made.get(3), made.get(2));
        assertThat(first.more()).isTrue();
        assertThat(first.items().get(0).customer().defaultPaymentMethod().lastFour())
                .isEqualTo("4242");
        assertThat(first.items().get(1).customer().defaultPaymentMethod().brand())
                .isEqualTo("amex");
        assertThat(second.items()).extracting(CustomerSnapshot::customerId).containsExactly(made.get(1), made.get(0));
        assertThat(second.more()).isFalse();
    }

    @Test
    @DisplayName(
            "C5 subscriptions are listed newest first, ended ones too, with all their lines, schedules and discounts")
    void listsSubscriptions() {
        String customer = shop.customer(MirroredShop.ADA, "pm_card_visa");
        shop.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(shop.post(
                            "/v1/subscriptions",
                            "customer=" + customer,
                            "items[0][price]=" + shop.priceOf("team-monthly"),
                            "items[0][quantity]=" + (i + 1),
                            "discounts[0][coupon]=TEN")
                    .path("id")
                    .textValue());
        }
        shop.post("/v1/subscription_schedules", "from_subscription=" + made.get(1));
        shop.delete("/v1/subscriptions/" + made.get(0));

        Page<SubscriptionSnapshot> first = shop.stripe().subscriptions().list(null, 2);
        Page<SubscriptionSnapshot> second = shop.stripe().subscriptions().list(made.get(1), 2);

        assertThat(first.items()).extracting(SubscriptionSnapshot::objectId).containsExactly(made.get(2), made.get(1));
        assertThat(first.more()).isTrue();
        assertThat(second.items()).extracting(SubscriptionSnapshot::objectId).containsExactly(made.get(0));
        assertThat(second.more()).isFalse();
        List<SubscriptionSnapshot> all = new ArrayList<>(first.items());
        all.addAll(second.items());
        assertThat(all)
                .allSatisfy(listed -> assertThat(listed)
                        .isEqualTo(shop.stripe()
                                .subscriptions()
                                .fetch(listed.objectId())
                                .value()));
    }
}
