package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.ProviderScope;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxEvent.Owner;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every inbox does. */
abstract class InboxStoreContract extends StoreContract {
    /** Longer than any event the provider sends. */
    private static final String PAYLOAD = "{\"id\":\"evt\",\"text\":\"ü'\\\\🎈" + "x".repeat(200_000) + "\"}";

    @Test
    @DisplayName("C6 A received event comes back as it was written")
    void roundTrip() {
        InboxEvent event = pending("evt_1", day(0), NOW);

        assertThat(stores.inbox().insert(event)).isTrue();

        assertThat(stores.inbox().find("evt_1")).contains(event);
        assertThat(stores.inbox().find("evt_2")).isEmpty();
    }

    @Test
    @DisplayName("C6 An event delivered twice is stored once, and the duplicate does not spoil the transaction")
    void duplicate() {
        InboxEvent first = pending("evt_1", day(0), NOW);
        stores.inbox().insert(first);

        stores.transactor().run(() -> {
            assertThat(stores.inbox().insert(pending("evt_1", day(5), day(5)))).isFalse();
            assertThat(stores.inbox().insert(pending("evt_2", day(0), NOW))).isTrue();
        });

        assertThat(stores.inbox().find("evt_1")).contains(first);
        assertThat(stores.inbox().find("evt_2")).isPresent();
    }

    @Test
    @DisplayName("D14 A finished event loses its payload")
    void finish() {
        InboxEvent event = pending("evt_1", day(0), NOW);
        stores.inbox().insert(event);

        stores.inbox().update(event.finished(InboxStatus.DONE));

        assertThat(stores.inbox().find("evt_1")).contains(event.finished(InboxStatus.DONE));
        assertThat(stores.inbox().find("evt_1").orElseThrow().payload()).isNull();
    }

    @Test
    @DisplayName("A failure is kept with its error and next attempt")
    void fail() {
        InboxEvent event = pending("evt_1", day(0), NOW);
        stores.inbox().insert(event);
        InboxEvent failed = event.failed("listener 'mail' failed\n  at Mail.send", day(1));

        stores.inbox().update(failed);

        assertThat(stores.inbox().find("evt_1")).contains(failed);
    }

    @Test
    @DisplayName("C6 Events stored together are told from those that were there")
    void insertAll() {
        stores.inbox().insert(pending("evt_1", day(0), NOW));

        assertThat(stores.inbox().insertAll(List.of(pending("evt_0", day(0), NOW), pending("evt_1", day(5), NOW))))
                .containsExactly("evt_0");
        assertThat(stores.inbox().insertAll(List.of())).isEmpty();
        assertThat(stores.inbox().find("evt_1").orElseThrow().createdAt()).isEqualTo(day(0));
    }

    @Test
    @DisplayName("C4 Times of events stored together come back to the microsecond, of the past and of the far future")
    void times() {
        List<InboxEvent> events = Stream.of(
                        "1969-12-31T23:59:59.999999Z",
                        "2026-11-24T03:04:05.000001Z",
                        "2254-12-31T23:59:59.999999Z",
                        "9999-01-01T00:00:00Z")
                .map(at -> pending("evt_" + at, Instant.parse(at), Instant.parse(at)))
                .toList();

        stores.inbox().insertAll(events);

        events.forEach(event -> assertThat(stores.inbox().find(event.id())).contains(event));
    }

    @Test
    @DisplayName("C6 New events are told from known ones, and what they are about is read with them")
    void receive() {
        stores.accounts().insertIfAbsent(account(ALICE).withCustomer(Customer.ofId("cus_1"), null));
        insert(row(ALICE, "sub_1", day(0)));
        insert(row(ALICE, "sub_2", day(1)));
        stores.inbox().insert(pending("evt_1", day(0), NOW));

        MirrorStore.Arrival arrival = received(Set.of("cus_1", "cus_0"), Set.of("sub_1", "sub_0"), "evt_2", "evt_1");

        assertThat(arrival.inserted()).containsExactly("evt_2");
        assertThat(arrival.rows().accounts()).containsOnlyKeys("cus_1");
        assertThat(arrival.rows().subscriptions()).containsOnlyKeys("sub_1", "sub_2");
        assertThat(stores.inbox().find("evt_2")).isPresent();
    }

    @Test
    @DisplayName("C6 Events about nobody are only stored")
    void receiveOfNobody() {
        MirrorStore.Arrival arrival = received(Set.of(), Set.of(), "evt_1");

        assertThat(arrival).isEqualTo(new MirrorStore.Arrival(Set.of("evt_1"), MirrorStore.Rows.NONE));
    }

    private MirrorStore.Arrival received(Set<String> customers, Set<String> subscriptions, String... ids) {
        List<InboxEvent> events =
                Stream.of(ids).map(id -> pending(id, day(0), NOW)).toList();
        return stores.transactor().inTransaction(() -> stores.mirror().receive(events, customers, subscriptions));
    }

    @Test
    @DisplayName("Due events are taken oldest first, as many as asked for")
    void lockDue() {
        stores.inbox().insert(pending("evt_c", day(-1), NOW));
        stores.inbox().insert(pending("evt_b", day(-2), NOW));
        stores.inbox().insert(pending("evt_a", day(-2), NOW));
        stores.inbox().insert(pending("evt_later", day(-3), NOW.plusSeconds(1)));

        assertThat(due(NOW, 2)).containsExactly("evt_a", "evt_b");
        assertThat(due(NOW, 9)).containsExactly("evt_a", "evt_b", "evt_c");
        assertThat(due(NOW.plusSeconds(1), 9)).containsExactly("evt_later", "evt_a", "evt_b", "evt_c");
    }

    @Test
    @DisplayName("One due event is taken by its id, one that is not due is not")
    void lockOne() {
        stores.inbox().insert(pending("evt_1", day(0), NOW));
        stores.inbox().insert(pending("evt_2", day(0), NOW.plusSeconds(1)));

        assertThat(stores.inbox().lockDue("evt_1", NOW)).contains(pending("evt_1", day(0), NOW));
        assertThat(stores.inbox().lockDue("evt_2", NOW)).isEmpty();
        assertThat(stores.inbox().lockDue("evt_3", NOW)).isEmpty();
    }

    @Test
    @DisplayName("Finished, ignored, parked, dead and discarded events are not taken")
    void onlyPending() {
        InboxEvent event = pending("evt", day(0), NOW);
        stores.inbox()
                .insertAll(List.of(
                        named("evt_done", event.finished(InboxStatus.DONE)),
                        named("evt_ignored", event.finished(InboxStatus.IGNORED)),
                        named("evt_parked", event.parked(new Owner("cus_1", ALICE))),
                        named("evt_dead", event.failed("boom", null)),
                        named("evt_discarded", event.discarded("no longer needed"))));

        assertThat(due(day(999), 10)).isEmpty();
        assertThat(stores.inbox().count())
                .containsOnly(
                        Map.entry(InboxStatus.DONE, 1L),
                        Map.entry(InboxStatus.IGNORED, 1L),
                        Map.entry(InboxStatus.PARKED, 1L),
                        Map.entry(InboxStatus.DEAD, 1L),
                        Map.entry(InboxStatus.DISCARDED, 1L));
    }

    @Test
    @DisplayName("C6 A parked event comes back with its owner, and is due once its customer is linked")
    void unparkByCustomer() {
        InboxEvent parked = pending("evt_1", day(0), NOW).parked(new Owner("cus_1", null));
        stores.inbox().insert(parked);
        stores.accounts().insertIfAbsent(account(ALICE));

        assertThat(stores.inbox().find("evt_1")).contains(parked);
        assertThat(stores.inbox().unparkKnown(NOW)).isZero();

        stores.transactor().run(() -> {
            BillingAccount account = stores.accounts().lock(ALICE).orElseThrow();
            stores.accounts().update(account.withCustomer(Customer.ofId("cus_1"), null));
        });
        assertThat(stores.inbox().unparkKnown(NOW)).isOne();
        assertThat(stores.inbox().find("evt_1")).contains(pending("evt_1", day(0), NOW));
    }

    @Test
    @DisplayName("C6 A parked event is due once the account its metadata names is registered")
    void unparkByAccount() {
        stores.inbox().insert(pending("evt_1", day(0), NOW).parked(new Owner("cus_1", ALICE)));
        stores.inbox().insert(pending("evt_2", day(0), NOW).parked(new Owner("cus_2", BOB)));
        stores.accounts().insertIfAbsent(account(ALICE));

        assertThat(stores.inbox().unparkKnown(NOW)).isOne();
        assertThat(due(NOW, 9)).containsExactly("evt_1");
    }

    @Test
    @DisplayName("C6 A parked event of an account that has another customer is due once that customer is deleted")
    void unparkOfTaken() {
        InboxEvent parked = pending("evt_1", day(0), NOW).parked(new Owner("cus_1", ALICE).ofTaken());
        stores.inbox().insert(parked);
        stores.accounts().insertIfAbsent(account(ALICE).withCustomer(Customer.ofId("cus_other"), null));

        assertThat(stores.inbox().find("evt_1")).contains(parked);
        assertThat(stores.inbox().unparkKnown(NOW)).isZero();

        stores.transactor().run(() -> {
            BillingAccount account = stores.accounts().lock(ALICE).orElseThrow();
            stores.accounts().update(account.withCustomer(new Customer("cus_other", null, false, null, true), null));
        });
        assertThat(stores.inbox().unparkKnown(NOW)).isOne();
        assertThat(due(NOW, 9)).containsExactly("evt_1");
    }

    @Test
    @DisplayName("C6 A parked event is due once its account is registered, whatever customer that has got meanwhile")
    void unparkOfLateAccount() {
        stores.inbox().insert(pending("evt_1", day(0), NOW).parked(new Owner("cus_1", ALICE)));
        stores.inbox().insert(pending("evt_2", day(0), NOW).parked(new Owner("cus_2", BOB)));
        stores.accounts().insertIfAbsent(account(ALICE));
        stores.accounts().insertIfAbsent(account(BOB).withCustomer(Customer.ofId("cus_other"), null));

        assertThat(stores.inbox().unparkKnown(NOW)).isEqualTo(2);
        assertThat(due(NOW, 9)).containsExactly("evt_1", "evt_2");
    }

    @Test
    @DisplayName("Events are listed newest first by status, type, time and page")
    void list() {
        for (int i = 0; i < 6; i++) {
            InboxEvent each = received("evt_" + i, i % 2 == 0 ? "invoice.paid" : "customer_x.updated", i / 2);
            stores.inbox().insert(i == 5 ? each.finished(InboxStatus.DONE) : each);
        }

        assertThat(listed(InboxQuery.all())).containsExactly("evt_5", "evt_4", "evt_3", "evt_2", "evt_1", "evt_0");
        assertThat(listed(InboxQuery.all().limit(2))).containsExactly("evt_5", "evt_4");
        InboxEvent fourth = stores.inbox().find("evt_4").orElseThrow();
        assertThat(listed(InboxQuery.all().limit(2).after(fourth))).containsExactly("evt_3", "evt_2");
        assertThat(listed(InboxQuery.of(InboxStatus.DONE))).containsExactly("evt_5");
        assertThat(listed(InboxQuery.of(InboxStatus.DONE, InboxStatus.PENDING))).hasSize(6);
        assertThat(listed(InboxQuery.all().ofType("invoice.paid"))).containsExactly("evt_4", "evt_2", "evt_0");
        assertThat(listed(InboxQuery.all().ofType("customer_x.*"))).containsExactly("evt_5", "evt_3", "evt_1");
        assertThat(listed(InboxQuery.all().ofType("customerAx.*"))).isEmpty();
        assertThat(listed(InboxQuery.all().receivedBetween(NOW.plusSeconds(1), NOW.plusSeconds(2))))
                .containsExactly("evt_3", "evt_2");
    }

    @Test
    @DisplayName("D14 Old events that are finished are forgotten, others never")
    void prune() {
        stores.inbox().insert(named("evt_pending", pending("evt", day(0), NOW)));
        stores.inbox().insert(named("evt_dead", pending("evt", day(0), NOW).failed("boom", null)));
        for (int i = 0; i < 5; i++) {
            stores.inbox().insert(received("evt_" + i, "x", i).finished(InboxStatus.DONE));
        }

        assertThat(stores.inbox().prune(NOW.plusSeconds(4), 3)).isEqualTo(3);
        assertThat(stores.inbox().prune(NOW.plusSeconds(4), 3)).isEqualTo(1);
        assertThat(stores.inbox().prune(NOW.plusSeconds(4), 3)).isZero();
        assertThat(listed(InboxQuery.all())).containsExactlyInAnyOrder("evt_4", "evt_pending", "evt_dead");
    }

    @Test
    @DisplayName("D13 Scopes never see each other's events")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        InboxEvent event = pending("evt_1", day(0), NOW);
        stores.inbox().insert(event);

        assertThat(live.inbox().find("evt_1")).isEmpty();
        assertThat(live.inbox().lockDue(day(9), 10)).isEmpty();
        assertThat(live.inbox().insert(event)).isTrue();
        live.inbox().update(event.finished(InboxStatus.DONE));

        assertThat(stores.inbox().find("evt_1")).contains(event);
    }

    private List<String> due(Instant now, int max) {
        return stores.transactor()
                .inTransaction(() -> stores.inbox().lockDue(now, max).stream()
                        .map(InboxEvent::id)
                        .toList());
    }

    private List<String> listed(InboxQuery query) {
        return stores.inbox().list(query).stream().map(InboxEvent::id).toList();
    }

    private static InboxEvent received(String id, String type, int second) {
        return InboxEvent.received(id, type, day(0), NOW.plusSeconds(second), PAYLOAD);
    }

    private static InboxEvent named(String id, InboxEvent event) {
        return new InboxEvent(
                id,
                event.type(),
                event.createdAt(),
                event.receivedAt(),
                event.status(),
                event.attempts(),
                event.nextAttemptAt(),
                event.error(),
                event.owner(),
                event.payload());
    }

    private static InboxEvent pending(String id, Instant createdAt, Instant nextAttemptAt) {
        return pending(id, createdAt, nextAttemptAt, PAYLOAD);
    }

    @Test
    @DisplayName("The oldest event that is to be applied is told by its time of receipt")
    void oldestPending() {
        assertThat(stores.inbox().oldestPending()).isEmpty();
        stores.inbox()
                .insertAll(List.of(
                        InboxEvent.received("evt_1", "invoice.paid", NOW, day(2), "{}"),
                        InboxEvent.received("evt_2", "invoice.paid", NOW, day(1), "{}"),
                        InboxEvent.received("evt_3", "invoice.paid", NOW, day(0), "{}")
                                .finished(InboxStatus.DONE)));

        assertThat(stores.inbox().oldestPending()).contains(day(1));
    }
}
