package dev.billhook.spi.store;

import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.checkout.Checkout;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.spi.store.erasure.ErasureStore;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.spi.store.usage.UsageStore;
import dev.billhook.subscription.Subscription;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageRecord;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    @Override
    public PurchaseStore purchases() {
        return new Purchases();
    }

    @Override
    public AccessStore access() {
        return new Access();
    }

    @Override
    public MirrorStore mirror() {
        return new Mirror();
    }

    @Override
    public ErasureStore erasure() {
        return new Erasure();
    }

    @Override
    public NoticeStore notices() {
        return new InMemoryNotices(action -> statement(tables -> action.apply(tables.notices())));
    }

    @Override
    public UsageStore usage() {
        return new InMemoryUsage(new InMemoryUsage.Statements() {
            @Override
            public <T> T run(Function<Map<String, UsageEntry>, T> action) {
                return statement(tables -> action.apply(tables.usage()));
            }
        });
    }

    @Override
    public EndpointStore endpoints() {
        return new Endpoints();
    }

    @Override
    public CursorStore cursors() {
        return new Cursors();
    }

    @Override
    public OfferStore offers() {
        return new InMemoryOffers(this, database);
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
        public Map<String, BillingAccount> findByCustomers(Collection<String> customerIds) {
            return statement(tables -> {
                Map<String, BillingAccount> found = new HashMap<>();
                tables.accounts().values().stream()
                        .filter(account -> account.customer() != null
                                && customerIds.contains(account.customer().id()))
                        .forEach(account -> found.put(account.customer().id(), account));
                return found;
            });
        }

        @Override
        public List<BillingAccount> scan(@Nullable String afterCustomerId, int max) {
            return statement(tables -> tables.accounts().values().stream()
                    .filter(account -> account.customerId().isPresent())
                    .filter(account ->
                            afterCustomerId == null || account.customer().id().compareTo(afterCustomerId) > 0)
                    .sorted(Comparator.comparing(account -> account.customer().id()))
                    .limit(max)
                    .toList());
        }

        @Override
        public List<AccountRef> list(@Nullable AccountRef after, int max) {
            Comparator<AccountRef> byKey =
                    Comparator.comparing(AccountRef::type).thenComparing(AccountRef::id);
            return statement(tables -> tables.accounts().keySet().stream()
                    .filter(account -> after == null || byKey.compare(account, after) > 0)
                    .sorted(byKey)
                    .limit(max)
                    .toList());
        }

        @Override
        public void addOtherCustomer(String customerId, AccountRef account) {
            statement(tables -> tables.otherCustomers().putIfAbsent(customerId, account));
        }

        @Override
        public Optional<BillingAccount> lockByOtherCustomer(String customerId) {
            return statement(tables ->
                    Optional.ofNullable(tables.otherCustomers().get(customerId)).map(tables.accounts()::get));
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

        private static void requireFreeCustomer(InMemoryDatabase.Tables tables, BillingAccount account) {
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
        private static final Comparator<MirroredSubscription> NEWEST_FIRST = Comparator.comparing(
                        (MirroredSubscription row) -> row.subscription().createdAt())
                .reversed()
                .thenComparing(row -> row.subscription().id());

        @Override
        public Optional<MirroredSubscription> find(String subscriptionId) {
            return statement(
                    tables -> Optional.ofNullable(tables.subscriptions().get(subscriptionId)));
        }

        @Override
        public List<MirroredSubscription> list(AccountRef account) {
            return statement(tables -> tables.subscriptions().values().stream()
                    .filter(row -> row.account().equals(account))
                    .sorted(NEWEST_FIRST)
                    .toList());
        }

        @Override
        public Map<String, MirroredSubscription> findAll(Collection<String> subscriptionIds) {
            return statement(tables -> {
                Map<String, MirroredSubscription> found = new HashMap<>(tables.subscriptions());
                found.keySet().retainAll(Set.copyOf(subscriptionIds));
                return found;
            });
        }

        @Override
        public List<MirroredSubscription> scan(@Nullable Instant notAfter, @Nullable String afterId, int max) {
            return statement(tables -> tables.subscriptions().values().stream()
                    .sorted(NEWEST_FIRST)
                    .filter(row -> notAfter == null || isAfter(row, notAfter, afterId))
                    .limit(max)
                    .toList());
        }

        private static boolean isAfter(MirroredSubscription row, Instant notAfter, @Nullable String afterId) {
            Instant made = row.subscription().createdAt();
            return made.isBefore(notAfter)
                    || (made.equals(notAfter)
                            && (afterId == null || row.subscription().id().compareTo(afterId) > 0));
        }
    }

    private final class Mirror implements MirrorStore {
        @Override
        public Rows lock(Collection<String> customerIds, Collection<String> subscriptionIds) {
            Map<String, BillingAccount> locked = accounts().findByCustomers(customerIds);
            Map<String, MirroredSubscription> read =
                    new HashMap<>(subscriptions().findAll(subscriptionIds));
            if (!subscriptionIds.isEmpty()) {
                locked.values().stream()
                        .flatMap(account -> subscriptions().list(account.ref()).stream())
                        .filter(row -> row.subscription().status().running())
                        .forEach(row -> read.put(row.subscription().id(), row));
            }
            return new Rows(locked, read);
        }

        @Override
        public Arrival receive(
                List<InboxEvent> events, Collection<String> customerIds, Collection<String> subscriptionIds) {
            return new Arrival(inbox().insertAll(events), lock(customerIds, subscriptionIds));
        }

        @Override
        public void write(
                List<BillingAccount> accounts,
                List<SubscriptionWrite> subscriptions,
                List<OutboxEntry> entries,
                List<NoticeStore.Mark> marks) {
            outbox().append(entries);
            notices().mark(marks);
            statement(tables -> {
                accounts.forEach(account -> {
                    Accounts.requireFreeCustomer(tables, account);
                    tables.accounts().replace(account.ref(), account);
                });
                subscriptions.forEach(write -> write(tables, write));
                return true;
            });
        }

        private static void write(InMemoryDatabase.Tables tables, SubscriptionWrite write) {
            String id = write.after().subscription().id();
            MirroredSubscription stored = tables.subscriptions().get(id);
            MirroredSubscription read = write.before();
            boolean same = read == null ? stored == null : stored != null && stored.version() == read.version();
            if (!same) {
                throw new StoreException("Subscription " + id + " is not the one that was read", true, null);
            }
            tables.subscriptions().put(id, write.after());
        }

        @Override
        public Set<String> remember(Collection<String> keys, Instant now) {
            return statement(tables -> {
                Set<String> fresh = new HashSet<>();
                keys.forEach(key -> {
                    if (tables.facts().putIfAbsent(key, now) == null) {
                        fresh.add(key);
                    }
                });
                return fresh;
            });
        }

        @Override
        public Set<String> remembered(Collection<String> keys) {
            return statement(tables -> {
                Set<String> known = new HashSet<>(keys);
                known.retainAll(tables.facts().keySet());
                return known;
            });
        }

        @Override
        public int forget(Instant before) {
            return statement(tables -> {
                int size = tables.facts().size();
                tables.facts().values().removeIf(told -> told.isBefore(before));
                return size - tables.facts().size();
            });
        }
    }

    private final class Cursors implements CursorStore {
        @Override
        public Optional<String> find(String name) {
            return statement(tables -> Optional.ofNullable(tables.cursors().get(name)));
        }

        @Override
        public void save(String name, String value) {
            statement(tables -> Optional.ofNullable(tables.cursors().put(name, value)));
        }

        @Override
        public void remove(String name) {
            statement(tables -> Optional.ofNullable(tables.cursors().remove(name)));
        }
    }

    private final class Endpoints implements EndpointStore {
        @Override
        public void save(Kept kept) {
            statement(tables -> tables.endpoints().put(kept.endpointId(), kept));
        }

        @Override
        public List<Kept> list() {
            return statement(tables -> tables.endpoints().values().stream()
                    .sorted(Comparator.comparing(Kept::endpointId))
                    .toList());
        }

        @Override
        public void remove(String endpointId) {
            statement(tables -> tables.endpoints().remove(endpointId));
        }
    }

    private final class Erasure implements ErasureStore {
        @Override
        public Set<String> customersOf(AccountRef account) {
            return statement(tables -> {
                Set<String> customers = new HashSet<>();
                BillingAccount row = tables.accounts().get(account);
                if (row != null && row.customer() != null) {
                    customers.add(row.customer().id());
                }
                tables.otherCustomers().forEach((customer, owner) -> {
                    if (owner.equals(account)) {
                        customers.add(customer);
                    }
                });
                return customers;
            });
        }

        @Override
        public int discardEvents(Collection<String> customerIds, String reason) {
            return statement(tables -> {
                List<InboxEvent> named = tables.inbox().values().stream()
                        .filter(event -> event.payload() != null && names(event, customerIds))
                        .toList();
                named.forEach(event -> tables.inbox().put(event.id(), event.discarded(reason)));
                return named.size();
            });
        }

        private static UsageEntry renamed(UsageEntry entry, AccountRef name) {
            UsageRecord usage = entry.usage();
            return new UsageEntry(
                    entry.id(),
                    new UsageRecord(name, usage.meter(), usage.quantity(), usage.occurredAt(), entry.id()),
                    entry.status(),
                    entry.attempts(),
                    entry.nextAttemptAt(),
                    entry.unsureSince(),
                    entry.error());
        }

        private static boolean names(InboxEvent event, Collection<String> customerIds) {
            return customerIds.stream()
                    .anyMatch(id -> event.payload().contains('"' + id + '"')
                            || (event.owner() != null
                                    && event.owner().customerId().equals(id)));
        }

        @Override
        public void erase(
                AccountRef account,
                BillingAccount anonymous,
                UnaryOperator<Subscription> subscriptions,
                UnaryOperator<BillingEvent> events) {
            AccountRef name = anonymous.ref();
            statement(tables -> {
                tables.accounts().remove(account);
                tables.accounts().put(name, anonymous);
                tables.otherCustomers().replaceAll((id, owner) -> owner.equals(account) ? name : owner);
                tables.subscriptions()
                        .replaceAll((id, row) -> row.account().equals(account)
                                ? new MirroredSubscription(
                                        name,
                                        row.customerId(),
                                        subscriptions.apply(row.subscription()),
                                        row.asOf(),
                                        row.syncedAt(),
                                        row.version() + 1)
                                : row);
                tables.usage()
                        .replaceAll(
                                (id, entry) -> entry.usage().account().equals(account) ? renamed(entry, name) : entry);
                tables.purchases()
                        .replaceAll((id, row) -> row.purchase().account().equals(account)
                                ? new PurchaseStore.Row(
                                        row.purchase().of(name),
                                        row.customerId(),
                                        row.asOf(),
                                        row.syncedAt(),
                                        row.version() + 1)
                                : row);
                tables.outbox()
                        .replaceAll((key, entry) ->
                                entry.event().account().equals(account) ? erased(entry, events) : entry);
                tables.grants().values().removeIf(grant -> grant.account().equals(account));
                tables.places().values().removeIf(hold -> hold.account().equals(account));
                return tables.checkouts()
                        .values()
                        .removeIf(visit -> visit.account().equals(account));
            });
        }

        private static OutboxEntry erased(OutboxEntry entry, UnaryOperator<BillingEvent> events) {
            return new OutboxEntry(
                    events.apply(entry.event()),
                    entry.listener(),
                    entry.status(),
                    entry.attempts(),
                    entry.nextAttemptAt(),
                    null);
        }
    }

    private final class Inbox implements InboxStore {
        private static final Comparator<InboxEvent> NEWEST_FIRST = Comparator.comparing(InboxEvent::receivedAt)
                .thenComparing(InboxEvent::id)
                .reversed();

        @Override
        public Set<String> insertAll(List<InboxEvent> events) {
            return statement(tables -> {
                Set<String> inserted = new HashSet<>();
                events.forEach(event -> {
                    if (tables.inbox().putIfAbsent(event.id(), event) == null) {
                        inserted.add(event.id());
                    }
                });
                return inserted;
            });
        }

        @Override
        public void updateAll(List<InboxEvent> events) {
            statement(tables -> {
                events.forEach(event -> tables.inbox().replace(event.id(), event));
                return true;
            });
        }

        @Override
        public Optional<InboxEvent> find(String eventId) {
            return statement(tables -> Optional.ofNullable(tables.inbox().get(eventId)));
        }

        @Override
        public List<InboxEvent> lockDue(Instant now, int max) {
            return statement(tables -> tables.inbox().values().stream()
                    .filter(event -> isDue(event, now))
                    .sorted(Comparator.comparing(InboxEvent::createdAt).thenComparing(InboxEvent::id))
                    .limit(max)
                    .toList());
        }

        @Override
        public Optional<InboxEvent> lockDue(String eventId, Instant now) {
            return find(eventId).filter(event -> isDue(event, now));
        }

        @Override
        public List<InboxEvent> list(InboxQuery query) {
            return statement(tables -> tables.inbox().values().stream()
                    .filter(event -> fits(query, event))
                    .sorted(NEWEST_FIRST)
                    .limit(query.limit())
                    .toList());
        }

        @Override
        public Map<InboxStatus, Long> count() {
            return statement(tables -> tables.inbox().values().stream()
                    .collect(Collectors.groupingBy(InboxEvent::status, Collectors.counting())));
        }

        @Override
        public Optional<Instant> oldestPending() {
            return statement(tables -> tables.inbox().values().stream()
                    .filter(event -> event.status() == InboxStatus.PENDING)
                    .map(InboxEvent::receivedAt)
                    .min(Comparator.naturalOrder()));
        }

        @Override
        public int unparkKnown(Instant now) {
            return statement(tables -> {
                List<InboxEvent> known = tables.inbox().values().stream()
                        .filter(event -> event.owner() != null && isKnown(tables, event.owner()))
                        .toList();
                known.forEach(event -> tables.inbox().put(event.id(), event.pending(now)));
                return known.size();
            });
        }

        @Override
        public int prune(Instant receivedBefore, int max) {
            return statement(tables -> {
                List<String> old = tables.inbox().values().stream()
                        .filter(event ->
                                event.status().finished() && event.receivedAt().isBefore(receivedBefore))
                        .limit(max)
                        .map(InboxEvent::id)
                        .toList();
                old.forEach(tables.inbox()::remove);
                return old.size();
            });
        }

        private static boolean isDue(InboxEvent event, Instant now) {
            return event.status() == InboxStatus.PENDING
                    && event.nextAttemptAt() != null
                    && !event.nextAttemptAt().isAfter(now);
        }

        private static boolean isKnown(InMemoryDatabase.Tables tables, InboxEvent.Owner owner) {
            boolean linked = tables.otherCustomers().containsKey(owner.customerId())
                    || tables.accounts().values().stream()
                            .anyMatch(account -> Accounts.hasCustomer(account, owner.customerId()));
            BillingAccount named =
                    owner.account() == null ? null : tables.accounts().get(owner.account());
            return linked
                    || (named != null
                            && (!owner.accountTaken() || named.customerId().isEmpty()));
        }

        private static boolean fits(InboxQuery query, InboxEvent event) {
            String type = query.type();
            boolean typed = type == null
                    || (type.endsWith(".*")
                            ? event.type().startsWith(type.substring(0, type.length() - 1))
                            : event.type().equals(type));
            return typed
                    && (query.statuses().isEmpty() || query.statuses().contains(event.status()))
                    && (query.receivedFrom() == null || !event.receivedAt().isBefore(query.receivedFrom()))
                    && (query.receivedBefore() == null || event.receivedAt().isBefore(query.receivedBefore()))
                    && (query.after() == null || NEWEST_FIRST.compare(event, query.after()) > 0);
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
        public List<OutboxEntry> claimDue(Instant now, Duration lease, int max, Set<String> busy) {
            return statement(tables -> {
                record Lane(AccountRef account, String listener) {}
                Set<Lane> seen = new HashSet<>();
                List<OutboxEntry> claimed = new ArrayList<>();
                for (OutboxEntry entry : tables.outbox().values()) {
                    if (entry.status() == OutboxEntry.Status.PENDING
                            && !busy.contains(entry.listener())
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
        public Optional<OutboxEntry> find(String eventId, String listener) {
            return list(OutboxQuery.all().forListener(listener).limit(1000)).stream()
                    .filter(entry -> entry.event().id().equals(eventId))
                    .findFirst();
        }

        @Override
        public List<OutboxEntry> list(OutboxQuery query) {
            return statement(tables -> tables.outbox().values().stream()
                    .filter(query::fits)
                    .limit(query.limit())
                    .toList());
        }

        @Override
        public int retryAll(OutboxQuery query, Instant now) {
            return statement(tables -> {
                List<OutboxEntry> fitting =
                        tables.outbox().values().stream().filter(query::fits).toList();
                fitting.forEach(
                        entry -> tables.outbox().replace(InMemoryDatabase.OutboxKey.of(entry), entry.retried(now)));
                return fitting.size();
            });
        }

        @Override
        public OutboxSummary summary() {
            List<OutboxEntry> pending = statement(tables -> tables.outbox().values().stream()
                    .filter(entry -> entry.status() == OutboxEntry.Status.PENDING)
                    .toList());
            return new OutboxSummary(
                    pending.size(),
                    pending.stream().filter(entry -> entry.attempts() > 0).count(),
                    size() - pending.size(),
                    pending.stream()
                            .map(OutboxEntry::nextAttemptAt)
                            .min(Comparator.naturalOrder())
                            .orElse(null));
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

    private final class Access implements AccessStore {
        @Override
        public List<Claim> claims(AccountRef account) {
            return facts(account).claims();
        }

        @Override
        public AccessFacts facts(AccountRef account) {
            return statement(tables -> new AccessFacts(
                    subscriptions().list(account).stream()
                            .map(MirroredSubscription::subscription)
                            .toList(),
                    purchases().list(account),
                    tables.grants().values().stream()
                            .filter(grant -> grant.account().equals(account))
                            .sorted(Comparator.comparing(
                                            (Grant grant) -> grant.audit().at())
                                    .reversed()
                                    .thenComparing(Grant::id))
                            .toList()));
        }

        @Override
        public boolean insertIfAbsent(Grant grant) {
            return statement(tables -> tables.grants().putIfAbsent(grant.id(), grant) == null);
        }

        @Override
        public Optional<Grant> findGrant(AccountRef account, String grantId) {
            return statement(tables -> Optional.ofNullable(tables.grants().get(grantId))
                    .filter(grant -> grant.account().equals(account)));
        }

        @Override
        public boolean revoke(Grant grant) {
            return statement(tables -> {
                Grant stored = tables.grants().get(grant.id());
                return stored != null
                        && stored.revoked() == null
                        && tables.grants().replace(grant.id(), stored, grant);
            });
        }
    }

    private final class Purchases implements PurchaseStore {
        @Override
        public Optional<Row> find(String purchaseId) {
            return statement(tables -> Optional.ofNullable(tables.purchases().get(purchaseId)));
        }

        @Override
        public Optional<Row> findByPayment(String paymentId) {
            return statement(tables -> tables.purchases().values().stream()
                    .filter(row -> paymentId.equals(row.purchase().payment()))
                    .findFirst());
        }

        @Override
        public List<Purchase> list(AccountRef account) {
            return statement(tables -> tables.purchases().values().stream()
                    .map(Row::purchase)
                    .filter(purchase -> purchase.account().equals(account))
                    .sorted(Comparator.comparing(Purchase::boughtAt).reversed().thenComparing(Purchase::id))
                    .toList());
        }

        @Override
        public void write(List<Row> rows) {
            statement(tables -> {
                rows.forEach(row -> tables.purchases().put(row.purchase().id(), row));
                return true;
            });
        }
    }

    private final class Checkouts implements CheckoutStore {
        @Override
        public void save(Visit visit) {
            statement(tables -> Optional.ofNullable(tables.checkouts().put(visit.id(), visit)));
        }

        @Override
        public List<Visit> newest(AccountRef account, Checkout.Kind kind, int max) {
            return statement(tables -> tables.checkouts().values().stream()
                    .filter(visit -> visit.account().equals(account) && visit.kind() == kind)
                    .sorted(Comparator.comparing(Visit::createdAt)
                            .thenComparing(Visit::id)
                            .reversed())
                    .limit(max)
                    .toList());
        }

        @Override
        public Optional<Visit> find(String visitId) {
            return statement(tables -> Optional.ofNullable(tables.checkouts().get(visitId)));
        }

        @Override
        public Optional<Visit> findBySession(String sessionId) {
            return statement(tables -> tables.checkouts().values().stream()
                    .filter(visit ->
                            visit.page() != null && visit.page().sessionId().equals(sessionId))
                    .findFirst());
        }
    }
}
