package dev.billhook.spi.store;

import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.checkout.Checkout;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores in memory, for tests: they keep every promise of the ports except to survive the process. */
public final class InMemoryStores implements BillingStores {
    private final InMemoryDatabase database;
    private final ProviderScope scope;

    private InMemoryStores(InMemoryDatabase database, ProviderScope scope) {
        this.database = database;
        this.scope = scope;
    }

    /** Empty stores in a database of their own. */
    public static InMemoryStores create(ProviderScope scope) {
        return new InMemoryStores(new InMemoryDatabase(), scope);
    }

    /** Stores of another scope in the same database. */
    public InMemoryStores ofScope(ProviderScope other) {
        return new InMemoryStores(database, other);
    }

    @Override
    public ProviderScope scope() {
        return scope;
    }

    @Override
    public Transactor transactor() {
        return database;
    }

    @Override
    public AccountStore accounts() {
        return new Accounts();
    }

    @Override
    public SubscriptionStore subscriptions() {
        return new Subscriptions();
    }

    @Override
    public InboxStore inbox() {
        return new Inbox();
    }

    @Override
    public OutboxStore outbox() {
        return new Outbox();
    }

    @Override
    public CheckoutStore checkouts() {
        return new Checkouts();
    }

    private <T> T statement(Function<InMemoryDatabase.Tables, T> action) {
        return database.statement(scope, action);
    }

    private final class Accounts implements AccountStore {
        @Override
        public Optional<BillingAccount> find(AccountRef account) {
            return statement(tables -> Optional.ofNullable(tables.accounts().get(account)));
        }

        @Override
        public boolean insertIfAbsent(BillingAccount account) {
            return statement(tables -> {
                requireFreeCustomer(tables, account);
                return tables.accounts().putIfAbsent(account.ref(), stored(account, account.createdAt(), 1)) == null;
            });
        }

        @Override
        public Optional<BillingAccount> lock(AccountRef account) {
            return find(account);
        }

        @Override
        public Optional<BillingAccount> lockByCustomer(String customerId) {
            return statement(tables -> tables.accounts().values().stream()
                    .filter(account -> hasCustomer(account, customerId))
                    .findFirst());
        }

        @Override
        public void update(BillingAccount account) {
            statement(tables -> {
                requireFreeCustomer(tables, account);
                BillingAccount stored = tables.accounts().get(account.ref());
                return stored != null
                        && tables.accounts()
                                .replace(
                                        account.ref(),
                                        stored,
                                        stored(account, stored.createdAt(), stored.version() + 1));
            });
        }

        private void requireFreeCustomer(InMemoryDatabase.Tables tables, BillingAccount account) {
            if (account.customer() != null
                    && tables.accounts().values().stream()
                            .anyMatch(other -> !other.ref().equals(account.ref())
                                    && hasCustomer(other, account.customer().id()))) {
                throw new StoreException("The customer of " + account.ref() + " belongs to another", false, null);
            }
        }

        private static boolean hasCustomer(BillingAccount account, String customerId) {
            return account.customer() != null && account.customer().id().equals(customerId);
        }

        private static BillingAccount stored(BillingAccount account, Instant createdAt, long version) {
            return new BillingAccount(
                    account.ref(), account.profile(), account.customer(), account.customerAsOf(), createdAt, version);
        }
    }

    private final class Subscriptions implements SubscriptionStore {
        @Override
        public Optional<MirroredSubscription> find(String subscriptionId) {
            return statement(
                    tables -> Optional.ofNullable(tables.subscriptions().get(subscriptionId)));
        }

        @Override
        public List<MirroredSubscription> list(AccountRef account) {
            return statement(tables -> tables.subscriptions().values().stream()
                    .filter(row -> row.account().equals(account))
                    .sorted(Comparator.comparing((MirroredSubscription row) ->
                                    row.subscription().createdAt())
                            .reversed()
                            .thenComparing(row -> row.subscription().id()))
                    .toList());
        }

        @Override
        public void insert(MirroredSubscription row) {
            statement(tables -> {
                String id = row.subscription().id();
                if (tables.subscriptions().putIfAbsent(id, withVersion(row, 1)) != null) {
                    throw new StoreException("Subscription " + id + " exists", false, null);
                }
                return true;
            });
        }

        @Override
        public boolean update(MirroredSubscription row) {
            return statement(tables -> {
                String id = row.subscription().id();
                MirroredSubscription stored = tables.subscriptions().get(id);
                if (stored == null || stored.version() != row.version() - 1) {
                    return false;
                }
                tables.subscriptions().put(id, row);
                return true;
            });
        }

        private static MirroredSubscription withVersion(MirroredSubscription row, long version) {
            return new MirroredSubscription(
                    row.account(), row.customerId(), row.subscription(), row.asOf(), row.syncedAt(), version);
        }
    }

    private final class Inbox implements InboxStore {
        @Override
        public boolean insert(InboxEvent event) {
            return statement(tables -> tables.inbox().putIfAbsent(event.id(), event) == null);
        }

        @Override
        public void update(InboxEvent event) {
            statement(tables -> Optional.ofNullable(tables.inbox().replace(event.id(), event)));
        }

        @Override
        public Optional<InboxEvent> find(String eventId) {
            return statement(tables -> Optional.ofNullable(tables.inbox().get(eventId)));
        }

        @Override
        public List<InboxEvent> claimDue(Instant now, Duration lease, int max) {
            return statement(tables -> {
                List<InboxEvent> claimed = tables.inbox().values().stream()
                        .filter(event -> event.status() == InboxStatus.PENDING && isDue(event.nextAttemptAt(), now))
                        .sorted(Comparator.comparing(InboxEvent::createdAt).thenComparing(InboxEvent::id))
                        .limit(max)
                        .map(event -> leased(event, now.plus(lease)))
                        .toList();
                claimed.forEach(event -> tables.inbox().put(event.id(), event));
                return claimed;
            });
        }

        private static boolean isDue(@Nullable Instant next, Instant now) {
            return next != null && !next.isAfter(now);
        }

        private static InboxEvent leased(InboxEvent event, Instant until) {
            return event.pending(
                    event.attempts(), until, event.error(), Objects.requireNonNull(event.payload(), "payload"));
        }
    }

    private final class Outbox implements OutboxStore {
        @Override
        public void append(List<OutboxEntry> entries) {
            statement(tables -> {
                entries.forEach(entry -> tables.outbox().putIfAbsent(InMemoryDatabase.OutboxKey.of(entry), entry));
                return true;
            });
        }

        @Override
        public List<OutboxEntry> claimDue(Instant now, Duration lease, int max) {
            return statement(tables -> {
                record Lane(AccountRef account, String listener) {}
                Set<Lane> seen = new HashSet<>();
                List<OutboxEntry> claimed = new ArrayList<>();
                for (OutboxEntry entry : tables.outbox().values()) {
                    if (entry.status() == OutboxEntry.Status.PENDING
                            && seen.add(new Lane(entry.event().account(), entry.listener()))
                            && !entry.nextAttemptAt().isAfter(now)
                            && claimed.size() < max) {
                        claimed.add(leased(entry, now.plus(lease)));
                    }
                }
                claimed.forEach(entry -> tables.outbox().put(InMemoryDatabase.OutboxKey.of(entry), entry));
                return claimed;
            });
        }

        @Override
        public void delivered(OutboxEntry entry) {
            statement(tables -> Optional.ofNullable(tables.outbox().remove(InMemoryDatabase.OutboxKey.of(entry))));
        }

        @Override
        public void update(OutboxEntry entry) {
            statement(tables ->
                    Optional.ofNullable(tables.outbox().replace(InMemoryDatabase.OutboxKey.of(entry), entry)));
        }

        @Override
        public long size() {
            return statement(tables -> (long) tables.outbox().size());
        }

        private static OutboxEntry leased(OutboxEntry entry, Instant until) {
            return new OutboxEntry(
                    entry.event(), entry.listener(), entry.status(), entry.attempts(), until, entry.error());
        }
    }

    private final class Checkouts implements CheckoutStore {
        @Override
        public void save(Checkout checkout) {
            statement(tables -> Optional.ofNullable(tables.checkouts().put(checkout.id(), checkout)));
        }

        @Override
        public Optional<Checkout> findLatest(AccountRef account) {
            return statement(tables -> tables.checkouts().values().stream()
                    .filter(checkout -> checkout.account().equals(account))
                    .max(Comparator.comparing(Checkout::createdAt).thenComparing(Checkout::id)));
        }

        @Override
        public Optional<Checkout> find(String checkoutId) {
            return statement(tables -> Optional.ofNullable(tables.checkouts().get(checkoutId)));
        }
    }
}
