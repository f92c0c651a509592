package dev.billhook.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.TestClock;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutbox;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.usage.UsageStatus;
import dev.billhook.webhook.RetryPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C8 Usage on its way to the provider")
class UsageSenderTest {
    private static final Instant START = Instant.parse("2027-01-10T10:00:00Z");
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private static final AccountRef BOB = AccountRef.of("user", "bob");

    private final TestClock clock = new TestClock(START);
    private final InMemoryStores stores = InMemoryStores.create(ProviderScope.test());
    private final Gateway gateway = new Gateway();
    private final List<String> wakeUps = new ArrayList<>();
    private final UsageSender sender =
            new UsageSender(gateway, stores, RetryPolicy.STANDARD, Duration.ofDays(36), clock);
    private final UsageOutbox outbox = new DefaultUsageOutbox(stores, clock, () -> wakeUps.add("retry"));
    private final UsageRecorder recorder =
            new DefaultUsageRecorder(CatalogReader.readYaml("""
            products: {api: {name: API, tier: 10}}
            plans: {calls: {product: api, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 0.01}}}}}
            """), stores, gateway, clock, () -> wakeUps.add("record"));

    /** What was reported, by a provider that does as it is told. */
    private static final class Gateway implements UsageGateway {
        private final List<Report> reports = new ArrayList<>();
        private Consumer<Report> behaviour = report -> {};

        @Override
        public void report(Report report, RequestKey key) {
            reports.add(report);
            behaviour.accept(report);
        }

        @Override
        public BigDecimal total(String meter, String customerId, Instant from, Instant until) {
            return reports.stream()
                    .map(report -> BigDecimal.valueOf(report.quantity()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    private void account(AccountRef ref, @Nullable String customerId) {
        BillingAccount account = BillingAccount.registered(ref, AccountProfile.empty(), START);
        stores.accounts()
                .insertIfAbsent(customerId == null ? account : account.withCustomer(Customer.ofId(customerId), null));
    }

    private void record(AccountRef account, String key, long quantity) {
        assertThat(recorder.record(new UsageRecord(account, "calls", quantity, clock.instant(), key)))
                .isTrue();
    }

    private UsageEntry entry(String key) {
        return outbox.list(UsageQuery.all()).stream()
                .filter(entry -> entry.usage().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static RuntimeException failure(Category category) {
        return ProviderException.of(category, "no", null, null);
    }

    @Test
    @DisplayName("C8 recording wakes the background after the commit, if anything was new")
    void wakesUp() {
        account(ADA, "cus_1");
        stores.transactor().run(() -> {
            record(ADA, "k1", 1);
            assertThat(wakeUps).isEmpty();
        });
        assertThat(wakeUps).containsExactly("record");

        assertThat(recorder.record(new UsageRecord(ADA, "calls", 5, START, "k1")))
                .isFalse();
        assertThat(wakeUps).containsExactly("record");
        assertThat(recorder.compare(ADA, "calls", START, START.plusSeconds(60)).difference())
                .as("nothing was reported, and nothing marked as reported")
                .isZero();
    }

    @Test
    @DisplayName("C8 every attempt has the same identifier, each record and each customer another")
    void identifiers() {
        account(ADA, "cus_1");
        account(BOB, "cus_2");
        record(ADA, "k1", 1);
        record(ADA, "k2", 1);
        record(BOB, "k1", 1);
        gateway.behaviour = report -> {
            throw failure(Category.INVALID_REQUEST);
        };
        assertThat(sender.sendDue(100)).isEqualTo(3);
        gateway.behaviour = report -> {};
        clock.advance(Duration.ofMinutes(1));
        assertThat(sender.sendDue(100)).isEqualTo(3);

        assertThat(gateway.reports).hasSize(6);
        assertThat(gateway.reports.stream().map(UsageGateway.Report::identifier).distinct())
                .hasSize(3)
                .allSatisfy(identifier -> assertThat(identifier).hasSizeLessThan(100));
        assertThat(outbox.list(UsageQuery.all().ofStatus(UsageStatus.SENT))).hasSize(3);
        assertThat(sender.sendDue(100)).isZero();
    }

    @Test
    @DisplayName("C8 a refusal is one record's; an outage stops the batch, and nothing more is asked for now")
    void outage() {
        account(ADA, "cus_1");
        for (int i = 0; i < 5; i++) {
            record(ADA, "k" + i, 1);
        }
        gateway.behaviour = report -> {
            throw failure(gateway.reports.size() < 3 ? Category.INVALID_REQUEST : Category.NETWORK);
        };

        assertThat(sender.sendDue(100)).isZero();

        assertThat(gateway.reports).hasSize(3);
        assertThat(outbox.summary().failing()).isEqualTo(3);
        assertThat(outbox.summary().pending()).isEqualTo(5);
    }

    @Test
    @DisplayName(
            "C8 an outage of days leaves few records unsure: the provider is tried now and then, and the others stay certain")
    void longOutage() {
        account(ADA, "cus_1");
        for (int i = 0; i < 50; i++) {
            record(ADA, "k" + i, 1);
        }
        gateway.behaviour = report -> {
            throw failure(Category.NETWORK);
        };
        for (int minute = 0; minute < 60; minute++) {
            assertThat(sender.sendDue(100)).isZero();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(gateway.reports).hasSizeBetween(10, 25);
        gateway.reports.clear();
        clock.advance(Duration.ofDays(1));
        gateway.behaviour = report -> {};

        assertThat(sender.sendDue(100)).isEqualTo(50);

        assertThat(outbox.list(UsageQuery.all().ofStatus(UsageStatus.SENT))).hasSizeGreaterThan(25);
        assertThat(outbox.summary().pending()).isZero();
        assertThat(outbox.list(UsageQuery.dead()))
                .allSatisfy(entry -> assertThat(entry.unsureSince()).isNotNull());
    }

    @Test
    @DisplayName("C8 what is not begun when the lease ends is left to whoever has it then")
    void slow() {
        account(ADA, "cus_1");
        for (int i = 0; i < 5; i++) {
            record(ADA, "k" + i, 1);
        }
        gateway.behaviour = report -> clock.advance(Duration.ofMinutes(2));

        sender.sendDue(100);

        assertThat(gateway.reports).hasSize(3);
        assertThat(outbox.summary().pending()).isEqualTo(2);
        gateway.behaviour = report -> {};
        assertThat(sender.sendDue(100)).isEqualTo(2);
        assertThat(gateway.reports).hasSize(5);
    }

    @Test
    @DisplayName("C8 an account without a customer waits without an attempt; of a deleted one usage is discarded")
    void withoutCustomer() {
        account(ADA, null);
        AccountRef gone = AccountRef.of(AccountRef.DELETED, "1");
        account(gone, null);
        record(ADA, "k1", 1);
        stores.usage().insertAll(List.of(UsageEntry.recorded(new UsageRecord(gone, "calls", 1, START, "k2"), START)));

        assertThat(sender.sendDue(100)).isEqualTo(2);

        assertThat(gateway.reports).isEmpty();
        assertThat(entry("k1").attempts()).isZero();
        assertThat(entry("k1").nextAttemptAt()).isEqualTo(START.plus(UsageRules.WITHOUT_CUSTOMER));
        assertThat(entry("k2").status()).isEqualTo(UsageStatus.DISCARDED);
        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> recorder.compare(ADA, "calls", START, START.plusSeconds(60)));
    }

    @Test
    @DisplayName("C8 an operator retries or discards what is dead, and is told if it is not")
    void operator() {
        account(ADA, "cus_1");
        record(ADA, "k1", 1);
        stores.usage().claimDue(START, Duration.ofMinutes(5), 1);
        clock.advance(Duration.ofDays(2));
        sender.sendDue(100);
        assertThat(entry("k1").status()).isEqualTo(UsageStatus.DEAD);
        assertThat(gateway.reports).as("the provider may have it").isEmpty();

        wakeUps.clear();
        assertThat(outbox.retryAll(UsageQuery.all())).isOne();
        assertThat(wakeUps).containsExactly("retry");
        sender.sendDue(100);
        assertThat(entry("k1").status()).isEqualTo(UsageStatus.SENT);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> outbox.discard(entry("k1").id(), "why"));
    }

    @Test
    @DisplayName("C8 old usage is forgotten once an hour")
    void pruned() {
        account(ADA, "cus_1");
        record(ADA, "k1", 1);
        sender.sendDue(100);
        sender.prune(100);
        clock.advance(Duration.ofDays(36).plusSeconds(1));
        assertThat(outbox.list(UsageQuery.all())).hasSize(1);

        assertThat(sender.prune(100)).isZero();

        assertThat(outbox.list(UsageQuery.all())).isEmpty();
        assertThat(recorder.currentPeriods(ADA)).isEmpty();
    }
}
