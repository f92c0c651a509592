package dev.billhook.stripe.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.BillingException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.stripe.internal.webhook.StripeWebhooks;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What an event says")
class EventReaderTest {
    private static final URI PAGE = URI.create("https://invoice.example/1");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AccountRef ACME = AccountRef.of("team", "acme");
    private static final Instant PERIOD_START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant PERIOD_END = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant CREATED = Instant.parse("2025-12-01T00:00:00Z");
    private static final String PINNED = "2026-07-29.dahlia";

    private final StripeWebhooks webhooks = new StripeWebhooks(
            List.of("whsec_1"), Duration.ofSeconds(300), () -> Instant.EPOCH, event -> new EventContent.Irrelevant());

    private static ObjectNode event(String version, String type) {
        try (InputStream in = EventReaderTest.class.getResourceAsStream("/events/" + version + ".json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in)).get(type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventContent read(JsonNode event) {
        return webhooks.content(event.toString());
    }

    private static ObjectNode object(ObjectNode event) {
        return (ObjectNode) event.get("data").get("object");
    }

    @ParameterizedTest(name = "API version {0}")
    @ValueSource(
            strings = {"2020-08-27", "2022-11-15", "2024-09-30.acacia", "2025-03-31.basil", "2025-10-29.clover", PINNED
            })
    @DisplayName("C4, C6 every API version tells the same")
    void everyVersion(String version) {
        Subscription subscription = Subscription.builder("sub_1", SubscriptionStatus.PAST_DUE, CREATED)
                .items(List.of(
                        new SubscriptionItem(
                                "si_a", "price_old_1", PlanKey.of("team-monthly"), 7, PERIOD_START, PERIOD_END),
                        new SubscriptionItem(
                                "si_b", "price_api", PlanKey.of("api-calls"), 0, PERIOD_START, PERIOD_END)))
                .trialEnd(Instant.parse("2025-12-15T00:00:00Z"))
                .cancelAtPeriodEnd(true)
                .cancelAt(PERIOD_END)
                .canceledAt(Instant.parse("2026-01-02T00:00:00Z"))
                .cancellation(new Cancellation.Told(Cancellation.Cause.CANCELLATION_REQUESTED, null))
                .pause(CollectionPause.with(CollectionPause.Behavior.VOID))
                .terms(BillingTerms.in(Currency.getInstance("USD")))
                .paymentMethod(PaymentMethod.named("pm_1"))
                .build();
        PaymentMethod named = PaymentMethod.named("pm_1");

        assertThat(read(event(version, "customer.subscription.updated")))
                .isEqualTo(new EventContent.State(new SubscriptionSnapshot(subscription, "cus_1", ACME, false)));
        assertThat(read(event(version, "customer.updated")))
                .isEqualTo(new EventContent.State(
                        new CustomerSnapshot(new Customer("cus_1", "usd", true, named, false), false, ACME, false)));
        assertThat(read(event(version, "customer.deleted")))
                .isEqualTo(new EventContent.State(
                        new CustomerSnapshot(new Customer("cus_1", null, false, null, true), true, ACME, false)));
        assertThat(read(event(version, "invoice.paid")))
                .isEqualTo(new EventContent.Noted(new Notice.Invoice(
                        Notice.InvoiceKind.PAID, "in_1", "cus_1", "sub_1", Money.of(8400, "USD"), 1, null, PAGE)));
        assertThat(read(event(version, "invoice.payment_failed")))
                .isEqualTo(new EventContent.Noted(new Notice.Invoice(
                        Notice.InvoiceKind.PAYMENT_FAILED,
                        "in_1",
                        "cus_1",
                        "sub_1",
                        Money.of(8400, "USD"),
                        2,
                        Instant.parse("2026-01-04T00:00:00Z"),
                        PAGE)));
        assertThat(read(event(version, "checkout.session.completed")))
                .isEqualTo(
                        new EventContent.CheckoutEnded("cs_test_1", CheckoutStatus.COMPLETE, "sub_1", "cus_1", ACME));
        assertThat(read(event(version, "checkout.session.expired")))
                .isEqualTo(new EventContent.CheckoutEnded("cs_test_1", CheckoutStatus.EXPIRED, null, "cus_1", ACME));
        assertThat(read(event(version, "payment_method.attached")))
                .isEqualTo(new EventContent.CustomerTouched("cus_1"));
        assertThat(read(event(version, "payment_method.detached")))
                .isEqualTo(new EventContent.CustomerTouched("cus_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer.subscription.created",
                "customer.subscription.deleted",
                "customer.subscription.paused",
                "customer.subscription.resumed",
                "customer.subscription.trial_will_end"
            })
    @DisplayName("C6 every event of a subscription tells its state")
    void subscriptionEvents(String type) {
        ObjectNode event = event(PINNED, "customer.subscription.updated").put("type", type);
        assertThat(read(event)).isInstanceOf(EventContent.State.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment_method.updated",
                "payment_method.automatically_updated",
                "payment_method.card_automatically_updated",
                "customer.source.updated",
                "customer.source.deleted"
            })
    @DisplayName("B8 a changed payment method touches its customer")
    void cardEvents(String type) {
        ObjectNode event = event(PINNED, "payment_method.attached").put("type", type);
        assertThat(read(event)).isEqualTo(new EventContent.CustomerTouched("cus_1"));
    }

    @Test
    @DisplayName("a payment method of no customer is irrelevant")
    void cardOfNobody() {
        ObjectNode event = event(PINNED, "payment_method.attached");
        object(event).putNull("customer");
        assertThat(read(event)).isInstanceOf(EventContent.Irrelevant.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge.succeeded", "customer.tax_id.created", "made.up.next.year", "v1.unknown"})
    @DisplayName("C6 an event of another or unknown type is irrelevant, whatever it holds")
    void unknownTypes(String type) {
        ObjectNode event = JSON.createObjectNode().put("type", type);
        assertThat(read(event)).isInstanceOf(EventContent.Irrelevant.class);
        event.putObject("data").putObject("object").put("object", 3);
        assertThat(read(event)).isInstanceOf(EventContent.Irrelevant.class);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"jpy,500", "kwd,1250", "usd,1"})
    @DisplayName("A8 amounts stay in the minor units Stripe tells")
    void currencies(String currency, long amount) {
        ObjectNode event = event(PINNED, "invoice.paid");
        object(event).put("currency", currency).put("amount_paid", amount);
        assertThat(read(event))
                .isInstanceOfSatisfying(
                        EventContent.Noted.class,
                        noted -> assertThat(((Notice.Invoice) noted.notice()).amount())
                                .isEqualTo(Money.of(amount, currency)));
    }

    @Test
    @DisplayName("an invoice outside a subscription names none")
    void invoiceWithoutSubscription() {
        ObjectNode event = event(PINNED, "invoice.paid");
        object(event).putNull("parent");
        assertThat(read(event))
                .isInstanceOfSatisfying(
                        EventContent.Noted.class,
                        noted -> assertThat(((Notice.Invoice) noted.notice()).subscriptionId())
                                .isNull());
    }

    @Test
    @DisplayName("expanded references are read like ids")
    void expanded() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        object(event).putObject("customer").put("id", "cus_9").put("object", "customer");
        assertThat(((EventContent.State) read(event)).snapshot().customerId()).isEqualTo("cus_9");
    }

    @Test
    @DisplayName("an object on a test clock is told as such, and spoiled metadata names no account")
    void testClock() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        object(event).put("test_clock", "clock_1");
        ((ObjectNode) object(event).get("metadata")).put("billhook_account", "no account");
        SubscriptionSnapshot snapshot = (SubscriptionSnapshot) ((EventContent.State) read(event)).snapshot();
        assertThat(snapshot.onTestClock()).isTrue();
        assertThat(snapshot.accountHint()).isNull();
    }

    @Test
    @DisplayName("C16 a cancellation at a date and one at the period's end stay told apart")
    void cancelAt() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        object(event).put("cancel_at_period_end", false).put("cancel_at", 1_800_000_000L);
        Subscription subscription =
                ((SubscriptionSnapshot) ((EventContent.State) read(event)).snapshot()).subscription();
        assertThat(subscription.cancelAtPeriodEnd()).isFalse();
        assertThat(subscription.pendingEnd()).contains(Instant.ofEpochSecond(1_800_000_000L));
    }

    @Test
    @DisplayName("B4 the plan written into a price wins over its lookup key; others belong to no plan")
    void planOfPrice() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        ObjectNode price = (ObjectNode) object(event).at("/items/data/1/price");
        price.put("lookup_key", "other-plan");
        assertThat(plans(event)).contains(PlanKey.of("team-monthly"));
        price.putObject("metadata");
        assertThat(plans(event)).contains(PlanKey.of("other-plan"));
        price.put("lookup_key", "Not A Plan Key");
        assertThat(plans(event)).containsExactly(PlanKey.of("api-calls"));
    }

    private List<PlanKey> plans(ObjectNode event) {
        return ((SubscriptionSnapshot) ((EventContent.State) read(event)).snapshot())
                .subscription()
                .plans();
    }

    @Test
    @DisplayName("an unknown status is kept as unknown and does not fail")
    void unknownStatus() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        object(event).put("status", "hibernating");
        SubscriptionSnapshot snapshot = (SubscriptionSnapshot) ((EventContent.State) read(event)).snapshot();
        assertThat(snapshot.subscription().status()).isEqualTo(SubscriptionStatus.UNKNOWN);
    }

    @Test
    @DisplayName("a subscription that lists only some of its lines is asked for")
    void incomplete() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        ((ObjectNode) object(event).get("items")).put("has_more", true).putArray("data");
        assertThat(read(event)).isEqualTo(new EventContent.SubscriptionTouched("sub_1"));
    }

    @Test
    @DisplayName("C2 a subscription that only names its schedule is asked for")
    void schedule() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        object(event).put("schedule", "sub_sched_1");
        assertThat(read(event)).isEqualTo(new EventContent.SubscriptionTouched("sub_1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "updated", "released", "canceled", "completed", "aborted"})
    @DisplayName("C2 what happens to a schedule is asked of its subscription")
    void scheduleEvents(String what) {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        event.put("type", "subscription_schedule." + what);
        object(event).put("subscription", "sub_1");
        assertThat(read(event)).isEqualTo(new EventContent.SubscriptionTouched("sub_1"));
    }

    @Test
    @DisplayName("C2 a reminder of a trial's end is told without asking for the schedule")
    void reminderWithSchedule() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        event.put("type", "customer.subscription.trial_will_end");
        object(event).put("schedule", "sub_sched_1");
        assertThat(read(event)).isEqualTo(new EventContent.Noted(new Notice.Reminder("cus_1", "sub_1")));
    }

    @Test
    @DisplayName("C19 a subscription that only names its discounts is asked for, one that tells them is not")
    void discounts() {
        ObjectNode named = event(PINNED, "customer.subscription.updated");
        object(named).putArray("discounts").add("di_1");
        assertThat(read(named)).isEqualTo(new EventContent.SubscriptionTouched("sub_1"));

        ObjectNode told = event("2022-11-15", "customer.subscription.updated");
        object(told)
                .putObject("discount")
                .put("id", "di_1")
                .put("end", 1_800_000_000L)
                .putObject("coupon")
                .put("id", "welcome");
        assertThat(((SubscriptionSnapshot) ((EventContent.State) read(told)).snapshot())
                        .subscription()
                        .terms()
                        .discounts())
                .containsExactly(
                        new BillingTerms.Discount("di_1", "welcome", null, Instant.ofEpochSecond(1_800_000_000L)));
    }

    @Test
    @DisplayName("C11 a subscription paid by invoice tells in how many days")
    void collection() {
        ObjectNode event = event(PINNED, "customer.subscription.updated");
        object(event).put("collection_method", "send_invoice").put("days_until_due", 30);
        assertThat(((SubscriptionSnapshot) ((EventContent.State) read(event)).snapshot())
                        .subscription()
                        .terms()
                        .collection())
                .isEqualTo(CollectionMethod.invoice(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "null", "{}"})
    @DisplayName("a payload that is no event is a failure without its content")
    void noEvent(String payload) {
        assertThatExceptionOfType(BillingException.class).isThrownBy(() -> webhooks.content(payload));
    }

    @Test
    @DisplayName("an unreadable object is a failure that names object and field, and nothing personal")
    void unreadable() {
        ObjectNode event = event(PINNED, "invoice.paid");
        object(event).put("amount_paid", "a lot");
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> read(event))
                .withMessageContaining("invoice in_1")
                .withMessageContaining("amount_paid")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("buyer@example.com", "a lot"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 20260729, 104_729})
    @DisplayName("C6 a damaged payload is read or refused, never anything else")
    void fuzz(long seed) {
        Random random = new Random(seed);
        List<String> types = List.of("customer.subscription.updated", "invoice.paid", "customer.updated");
        for (int round = 0; round < 2_000; round++) {
            ObjectNode event = event(PINNED, types.get(random.nextInt(types.size())));
            damage(random, object(event));
            try {
                assertThat(read(event)).isNotNull();
            } catch (BillingException e) {
                assertThat(e.getMessage()).as("seed %d round %d", seed, round).doesNotContain("buyer@example.com");
            }
        }
    }

    private static void damage(Random random, ObjectNode object) {
        List<String> fields = new java.util.ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            fields.add(names.next());
        }
        if (fields.isEmpty()) {
            return;
        }
        String field = fields.get(random.nextInt(fields.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(field);
            case 1 -> object.put(field, Long.MAX_VALUE);
            case 2 -> object.put(field, "\u0000");
            case 3 -> object.putArray(field);
            case 4 -> object.putObject(field);
            default -> {
                if (object.get(field) instanceof ObjectNode child) {
                    damage(random, child);
                }
            }
        }
    }
}
