package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.ProviderScope;
import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every outbox does. */
abstract class OutboxStoreContract extends StoreContract {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final OutboxEntry FIRST = entry("e1", ALICE, "mail");
    private static final OutboxEntry SECOND = entry("e2", ALICE, "mail");

    @Test
    @DisplayName("D3 Claimed entries come back as they were appended, leased")
    void roundTrip() {
        stores.outbox().append(List.of(FIRST));

        assertThat(stores.outbox().claimDue(NOW, LEASE, 10)).containsExactly(at(FIRST, NOW.plus(LEASE)));
        assertThat(stores.outbox().claimDue(NOW, LEASE, 10)).isEmpty();
        assertThat(stores.outbox().claimDue(NOW.plus(LEASE), LEASE, 10)).hasSize(1);
    }

    @Test
    @DisplayName("Entries are claimed in the order they were appended, as many as asked for")
    void order() {
        stores.outbox()
                .append(List.of(entry("e9", BOB, "mail"), entry("e1", ALICE, "mail"), entry("e5", BOB, "audit")));

        assertThat(ids(stores.outbox().claimDue(NOW, LEASE, 2))).containsExactly("e9", "e1");
        assertThat(ids(stores.outbox().claimDue(NOW, LEASE, 2))).containsExactly("e5");
    }

    @Test
    @DisplayName("A later event waits until the account's earlier one is delivered")
    void laterWaits() {
        stores.outbox().append(List.of(FIRST, SECOND));

        assertThat(ids(stores.outbox().claimDue(NOW, LEASE, 10))).containsExactly("e1");
        assertThat(stores.outbox().claimDue(NOW, LEASE, 10)).isEmpty();
        stores.outbox().delivered(FIRST);

        assertThat(ids(stores.outbox().claimDue(NOW, LEASE, 10))).containsExactly("e2");
        stores.outbox().delivered(SECOND);
        assertThat(stores.outbox().size()).isZero();
    }

    @Test
    @DisplayName("A failed entry holds back those after it until its next attempt")
    void failedHoldsBack() {
        stores.outbox().append(List.of(FIRST, SECOND));
        OutboxEntry failed = new OutboxEntry(
                FIRST.event(), "mail", OutboxEntry.Status.PENDING, 1, NOW.plusSeconds(30), "no route to mail server");

        stores.outbox().update(failed);

        assertThat(stores.outbox().claimDue(NOW, LEASE, 10)).isEmpty();
        assertThat(stores.outbox().claimDue(NOW.plusSeconds(30), LEASE, 10))
                .containsExactly(at(failed, NOW.plusSeconds(30).plus(LEASE)));
    }

    @Test
    @DisplayName("A dead entry blocks nothing, is not claimed and still counts")
    void dead() {
        stores.outbox().append(List.of(FIRST, SECOND));

        stores.outbox()
                .update(new OutboxEntry(
                        FIRST.event(), "mail", OutboxEntry.Status.DEAD, 9, NOW, "\0" + "🎈".repeat(5000)));

        assertThat(ids(stores.outbox().claimDue(NOW, LEASE, 10))).containsExactly("e2");
        assertThat(stores.outbox().size()).isEqualTo(2);
    }

    @Test
    @DisplayName("Listeners do not wait for each other")
    void listenersAreIndependent() {
        stores.outbox().append(List.of(FIRST, entry("e1", ALICE, "audit"), SECOND, entry("e2", ALICE, "audit")));
        stores.outbox().claimDue(NOW, LEASE, 10);

        stores.outbox().delivered(entry("e1", ALICE, "audit"));

        assertThat(stores.outbox().claimDue(NOW, LEASE, 10))
                .extracting(OutboxEntry::listener)
                .containsExactly("audit");
        assertThat(stores.outbox().size()).isEqualTo(3);
    }

    @Test
    @DisplayName("Entries of a listener that is busy are left alone")
    void busy() {
        stores.outbox().append(List.of(FIRST, entry("e1", ALICE, "audit"), entry("e2", BOB, "mail")));

        assertThat(stores.outbox().claimDue(NOW, LEASE, 10, Set.of("mail")))
                .extracting(OutboxEntry::listener)
                .containsExactly("audit");
        assertThat(stores.outbox().claimDue(NOW, LEASE, 10, Set.of("mail", "audit", "nobody")))
                .isEmpty();
        assertThat(ids(stores.outbox().claimDue(NOW, LEASE, 10))).containsExactly("e1", "e2");
    }

    @Test
    @DisplayName("An entry that waits already is not appended again, and the transaction goes on")
    void appendTwice() {
        stores.outbox().append(List.of(FIRST));

        stores.transactor().run(() -> stores.outbox().append(List.of(FIRST, SECOND)));
        stores.outbox().append(List.of());

        assertThat(stores.outbox().size()).isEqualTo(2);
    }

    @Test
    @DisplayName("D13 Scopes never see each other's entries")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        stores.outbox().append(List.of(FIRST));

        assertThat(live.outbox().size()).isZero();
        assertThat(live.outbox().list(OutboxQuery.all())).isEmpty();
        assertThat(live.outbox().summary()).isEqualTo(OutboxSummary.EMPTY);
        assertThat(live.outbox().retryAll(OutboxQuery.all(), NOW)).isZero();
        assertThat(live.outbox().claimDue(day(9), LEASE, 10)).isEmpty();
        live.outbox().append(List.of(FIRST));
        live.outbox().delivered(FIRST);

        assertThat(stores.outbox().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("Operators find entries by key, and list them by status, listener and type as they were appended")
    void listed() {
        OutboxEntry dead = dead(SECOND);
        OutboxEntry other = entry("e1", ALICE, "audit");
        stores.outbox().append(List.of(FIRST, SECOND, other));
        stores.outbox().update(dead);

        String type = FIRST.event().getClass().getSimpleName();
        assertThat(stores.outbox().list(OutboxQuery.all())).containsExactly(FIRST, dead, other);
        assertThat(stores.outbox().list(OutboxQuery.all().limit(1))).containsExactly(FIRST);
        assertThat(stores.outbox().list(OutboxQuery.dead())).containsExactly(dead);
        assertThat(stores.outbox().list(OutboxQuery.all().forListener("audit"))).containsExactly(other);
        assertThat(stores.outbox().list(OutboxQuery.all().forListener("mail").ofType(type)))
                .containsExactly(FIRST, dead);
        assertThat(stores.outbox().list(OutboxQuery.all().ofType("Nothing"))).isEmpty();
        assertThat(stores.outbox().find("e2", "mail")).contains(dead);
        assertThat(stores.outbox().find("e2", "audit")).isEmpty();
    }

    @Test
    @DisplayName("Entries an operator retries are due at once, with all their attempts before them, and go first again")
    void retried() {
        stores.outbox().append(List.of(FIRST, SECOND, entry("e1", ALICE, "audit")));
        stores.outbox().update(dead(FIRST));
        stores.outbox().update(dead(entry("e1", ALICE, "audit")));

        assertThat(stores.outbox().retryAll(OutboxQuery.dead().forListener("mail"), NOW.plusSeconds(5)))
                .isEqualTo(1);

        assertThat(stores.outbox().find("e1", "mail")).contains(at(FIRST, NOW.plusSeconds(5)));
        assertThat(stores.outbox().list(OutboxQuery.dead()))
                .extracting(OutboxEntry::listener)
                .containsExactly("audit");
        assertThat(ids(stores.outbox().claimDue(NOW.plusSeconds(5), LEASE, 10))).containsExactly("e1");
    }

    @Test
    @DisplayName("A summary counts what waits, fails and is dead, and tells since when the first is due")
    void summary() {
        assertThat(stores.outbox().summary()).isEqualTo(OutboxSummary.EMPTY);
        stores.outbox().append(List.of(FIRST, SECOND, entry("e1", ALICE, "audit"), entry("e3", BOB, "mail")));
        stores.outbox().update(dead(FIRST));
        stores.outbox()
                .update(new OutboxEntry(
                        SECOND.event(), "mail", OutboxEntry.Status.PENDING, 2, NOW.minusSeconds(30), "down"));

        OutboxSummary summary = stores.outbox().summary();

        assertThat(summary).isEqualTo(new OutboxSummary(3, 1, 1, NOW.minusSeconds(30)));
        assertThat(summary.lag(NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(summary.lag(NOW.minusSeconds(40))).isZero();
    }

    private static OutboxEntry dead(OutboxEntry entry) {
        return new OutboxEntry(entry.event(), entry.listener(), OutboxEntry.Status.DEAD, 9, NOW, "no route");
    }

    private static OutboxEntry at(OutboxEntry entry, Instant nextAttemptAt) {
        return new OutboxEntry(
                entry.event(), entry.listener(), entry.status(), entry.attempts(), nextAttemptAt, entry.error());
    }
}
