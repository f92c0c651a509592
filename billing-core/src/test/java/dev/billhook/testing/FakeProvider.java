package dev.billhook.testing;

import dev.billhook.AsOf;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingDetail;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.catalog.sync.PublishedCatalog;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.ProviderException;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.purchase.Sale;
import dev.billhook.spi.provider.CatalogGateway;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.provider.CustomerGateway;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.EventGateway;
import dev.billhook.spi.provider.Page;
import dev.billhook.spi.provider.PaymentGateway;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.PortalGateway;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.provider.addon.AddOnGateway;
import dev.billhook.spi.provider.discount.CouponGateway;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.spi.provider.endpoint.EndpointGateway;
import dev.billhook.spi.provider.imports.ImportGateway;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import dev.billhook.spi.provider.invoice.QuoteGateway;
import dev.billhook.spi.provider.price.PriceGateway;
import dev.billhook.spi.provider.purchase.PurchaseGateway;
import dev.billhook.spi.provider.support.SupportGateway;
import dev.billhook.spi.provider.trial.TrialGateway;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A provider in memory: holds customers, subscriptions and pages, counts calls and fails on demand. */
public final class FakeProvider implements PaymentProvider {
    private final ProviderScope scope;
    private final TestClock clock;
    private final Map<RequestKey, Customer> customersByKey = new ConcurrentHashMap<>();
    private final Map<String, Customer> customers = new ConcurrentHashMap<>();
    private final Map<String, AccountRef> owners = new ConcurrentHashMap<>();
    private final Map<String, SubscriptionSnapshot> subscriptions = new ConcurrentHashMap<>();
    private final Map<RequestKey, String> sessionsByKey = new ConcurrentHashMap<>();
    private final Map<String, CheckoutGateway.Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Event> events = new ConcurrentHashMap<>();
    private final Map<String, EventContent> rests = new ConcurrentHashMap<>();
    private final Map<String, String> payers = new ConcurrentHashMap<>();
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<PublishedCatalog.PublishedProduct> products = new ArrayList<>();
    private final Map<String, PublishedCatalog.PublishedPrice> prices = new ConcurrentHashMap<>();
    private volatile @Nullable ProviderException failure;
    private volatile @Nullable Runnable duringFetch;
    private final AtomicReference<@Nullable Runnable> duringOpening = new AtomicReference<>();
    private volatile @Nullable ProviderException changeRefusal;
    private volatile @Nullable PortalOffer portalOffer;
    private final AtomicReference<@Nullable String> dyingAt = new AtomicReference<>();
    private volatile int pageSize = 100;

    public FakeProvider(ProviderScope scope, TestClock clock) {
        this.scope = scope;
        this.clock = clock;
    }

    /** Puts a subscription where fetches find it. */
    public SubscriptionSnapshot put(SubscriptionSnapshot snapshot) {
        subscriptions.put(snapshot.objectId(), snapshot);
        return snapshot;
    }

    /** Loses a subscription. */
    public void forget(String subscriptionId) {
        subscriptions.remove(subscriptionId);
    }

    /** Makes every call fail until told null. */
    public void failWith(@Nullable ProviderException newFailure) {
        this.failure = newFailure;
    }

    /** Lets the process die, so to speak, at the next call that begins so. */
    public void dieAt(String call) {
        dyingAt.set(call);
    }

    /** Makes the next change of lines fail. */
    public void refuseNextChange(ProviderException refusal) {
        this.changeRefusal = refusal;
    }

    /** Runs once in the middle of the next fetch, after the state was read. */
    public void duringNextFetch(Runnable action) {
        this.duringFetch = action;
    }

    /** Ends a payment page, as the buyer would. */
    public void finish(String sessionId, CheckoutStatus status, @Nullable String subscriptionId) {
        sessions.computeIfPresent(
                sessionId,
                (id, old) -> new CheckoutGateway.Session(
                        id, status, null, old.createdAt(), old.expiresAt(), subscriptionId, null));
    }

    /** Leaves a card at a page that takes one. */
    public void leaveCard(String sessionId, String paymentMethodId) {
        sessions.computeIfPresent(
                sessionId,
                (id, old) -> new CheckoutGateway.Session(
                        id, CheckoutStatus.COMPLETE, null, old.createdAt(), old.expiresAt(), null, paymentMethodId));
    }

    /** What happens once while the next page is being opened. */
    public void duringOpening(Runnable action) {
        duringOpening.set(action);
    }

    /** How many pages take payments now. */
    public long openPages() {
        return sessions.values().stream()
                .filter(session -> session.status() == CheckoutStatus.OPEN)
                .count();
    }

    /** An event as it comes over HTTP. */
    public WebhookRequest event(String id, String type, Instant createdAt, EventContent content) {
        events.put(id, new Event(new Envelope(id, type, createdAt, scope.livemode()), content));
        if (!kept.contains(id)) {
            kept.add(id);
        }
        return new WebhookRequest(id.getBytes(StandardCharsets.UTF_8), "signed");
    }

    /** An event that leaves out everything, and what the provider answers when it is asked for that. */
    public WebhookRequest thinEvent(String id, String type, Instant createdAt, EventContent rest) {
        rests.put(id, rest);
        return event(id, type, createdAt, new EventContent.Elsewhere());
    }

    /** A live-mode event at a test endpoint. */
    public WebhookRequest eventOfWrongMode(String id) {
        events.put(
                id,
                new Event(
                        new Envelope(id, "invoice.paid", clock.instant(), !scope.livemode()),
                        new EventContent.Irrelevant()));
        return new WebhookRequest(id.getBytes(StandardCharsets.UTF_8), "signed");
    }

    public int fetches() {
        return fetches.get();
    }

    public int customerCount() {
        return customers.size();
    }

    public int pageCount() {
        return sessions.size();
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    private void called(String call) {
        calls.add(call);
        String last = dyingAt.get();
        if (last != null && call.startsWith(last) && dyingAt.compareAndSet(last, null)) {
            throw new IllegalStateException("the process died at " + call);
        }
        ProviderException toThrow = failure;
        if (toThrow != null) {
            throw toThrow;
        }
    }

    private <T extends Snapshot> Page<T> page(List<T> all, @Nullable String afterId, int max) {
        List<String> order = all.stream().map(Snapshot::objectId).toList();
        int from = afterId == null ? 0 : order.indexOf(afterId) + 1;
        int to = Math.min(all.size(), from + Math.min(max, pageSize));
        return new Page<>(all.subList(from, to), to < all.size());
    }

    /** Makes pages smaller than what is asked for. */
    public void pageSize(int size) {
        this.pageSize = size;
    }

    private <T> Fetched<T> answer(T value) {
        return new Fetched<>(value, AsOf.at(clock.seconds()));
    }

    @Override
    public ProviderScope scope() {
        return scope;
    }

    @Override
    public CustomerGateway customers() {
        return new Customers();
    }

    @Override
    public SubscriptionGateway subscriptions() {
        return new Subscriptions();
    }

    @Override
    public AddOnGateway addOns() {
        return Untouched.of(AddOnGateway.class);
    }

    @Override
    public TrialGateway trials() {
        return Untouched.of(TrialGateway.class);
    }

    @Override
    public EstimateGateway estimates() {
        return NothingToPay.estimates();
    }

    @Override
    public InvoiceGateway invoices() {
        return NothingToPay.invoices();
    }

    @Override
    public CreditGateway credits() {
        return Untouched.of(CreditGateway.class);
    }

    @Override
    public QuoteGateway quotes() {
        return Untouched.of(QuoteGateway.class);
    }

    @Override
    public byte[] sign(String purpose, byte[] content) {
        throw new UnsupportedOperationException("signatures are tested against the simulator");
    }

    @Override
    public CheckoutGateway checkout() {
        return new Pages();
    }

    @Override
    public PortalGateway portal() {
        return (customerId, visit, key) -> {
            String errand = visit.errand().getClass().getSimpleName();
            called("portal " + visit.errand());
            return URI.create("https://portal.example/" + customerId + (errand.equals("Home") ? "" : "/" + errand));
        };
    }

    @Override
    public CatalogGateway catalog() {
        return new Prices();
    }

    @Override
    public ImportGateway imports() {
        return new Imports();
    }

    @Override
    public EndpointGateway endpoints() {
        return Untouched.of(EndpointGateway.class);
    }

    @Override
    public SupportGateway support() {
        return Untouched.of(SupportGateway.class);
    }

    @Override
    public UsageGateway usage() {
        return Untouched.of(UsageGateway.class);
    }

    @Override
    public CouponGateway coupons() {
        return Untouched.of(CouponGateway.class);
    }

    @Override
    public DiscountGateway discounts() {
        return Untouched.of(DiscountGateway.class);
    }

    @Override
    public PriceGateway prices() {
        return Untouched.of(PriceGateway.class);
    }

    @Override
    public PurchaseGateway purchases() {
        return new Purchases();
    }

    @Override
    public PaymentGateway payments() {
        return paymentId -> {
            called("payer of " + paymentId);
            return Optional.ofNullable(payers.get(paymentId));
        };
    }

    @Override
    public EventGateway events() {
        return new KeptEvents();
    }

    /** Lets a payment be a customer's. */
    public void paid(String paymentId, String customerId) {
        payers.put(paymentId, customerId);
    }

    /** Lets the provider forget its events up to this one. */
    public void forgetEventsUpTo(String eventId) {
        kept.subList(0, kept.indexOf(eventId) + 1).clear();
    }

    /** Removes a subscription as if it had never been. */
    public void remove(String subscriptionId) {
        subscriptions.remove(subscriptionId);
    }

    /** Puts a customer where fetches find it. */
    public void put(Customer customer) {
        customers.put(customer.id(), customer);
    }

    @Override
    public WebhookGateway webhooks() {
        return new Events();
    }

    private record Envelope(String id, String type, Instant createdAt, boolean livemode) {}

    private record Event(Envelope envelope, EventContent content) {}

    private final class Customers implements CustomerGateway {
        @Override
        public Fetched<CustomerSnapshot> create(AccountRef account, RequestKey key) {
            called("create customer");
            Customer made = customersByKey.computeIfAbsent(key, k -> Customer.ofId("cus_" + ids.incrementAndGet()));
            customers.put(made.id(), made);
            owners.put(made.id(), account);
            return fetchNow(made.id());
        }

        @Override
        public Fetched<CustomerSnapshot> useForPayments(String customerId, String paymentMethodId, RequestKey key) {
            called("charge " + customerId + " by " + paymentMethodId);
            Customer old = customers.get(customerId);
            PaymentMethod card = new PaymentMethod(paymentMethodId, "card", "visa", "4242", 12, 2040);
            customers.put(customerId, new Customer(customerId, old.currency(), old.delinquent(), card, false));
            return fetchNow(customerId);
        }

        @Override
        public Fetched<CustomerSnapshot> update(String customerId, AccountProfile profile, RequestKey key) {
            called("update customer");
            return fetchNow(customerId);
        }

        @Override
        public void delete(String customerId, RequestKey key) {
            called("delete " + customerId);
            customers.put(customerId, new Customer(customerId, null, false, null, true));
        }

        @Override
        public Fetched<CustomerSnapshot> fetch(String customerId) {
            called("fetch customer");
            fetches.incrementAndGet();
            return fetchNow(customerId);
        }

        @Override
        public Set<BillingDetail> details(String customerId, Set<BillingDetail> asked) {
            called("details of customer");
            return Set.of();
        }

        @Override
        public Page<CustomerSnapshot> list(@Nullable String afterId, int max) {
            called("list customers");
            List<CustomerSnapshot> all = customers.keySet().stream()
                    .sorted()
                    .map(id -> fetchNow(id).value())
                    .filter(snapshot -> !snapshot.customer().deleted())
                    .toList();
            return page(all, afterId, max);
        }

        private Fetched<CustomerSnapshot> fetchNow(String id) {
            Customer customer = customers.getOrDefault(id, Customer.ofId(id));
            return answer(new CustomerSnapshot(customer, true, owners.get(id), false));
        }
    }

    private final class Subscriptions implements SubscriptionGateway {
        @Override
        public Fetched<SubscriptionSnapshot> fetch(String subscriptionId) {
            called("fetch " + subscriptionId);
            fetches.incrementAndGet();
            SubscriptionSnapshot found = requireKnown(subscriptionId);
            Fetched<SubscriptionSnapshot> state = answer(found);
            Runnable action = duringFetch;
            duringFetch = null;
            if (action != null) {
                action.run();
            }
            return state;
        }

        private SubscriptionSnapshot requireKnown(String id) {
            SubscriptionSnapshot found = subscriptions.get(id);
            if (found == null) {
                throw ProviderException.of(ProviderException.Category.NOT_FOUND, "no such subscription", null, null);
            }
            return found;
        }

        @Override
        public Page<SubscriptionSnapshot> list(@Nullable String afterId, int max) {
            called("list subscriptions");
            List<SubscriptionSnapshot> all = subscriptions.values().stream()
                    .sorted(Comparator.comparing((SubscriptionSnapshot each) ->
                                    each.subscription().createdAt())
                            .reversed()
                            .thenComparing(SubscriptionSnapshot::objectId))
                    .toList();
            return page(all, afterId, max);
        }

        @Override
        public Fetched<SubscriptionSnapshot> cancel(
                String id, Cancellation cancellation, Cancellation.Why why, RequestKey key) {
            called("cancel " + cancellation);
            requireKnown(id);
            return change(id, SubscriptionStates.cancelled(subscriptions.get(id).subscription(), cancellation));
        }

        @Override
        public Fetched<SubscriptionSnapshot> uncancel(String id, RequestKey key) {
            called("uncancel");
            return change(id, SubscriptionStates.running(subscriptions.get(id).subscription()));
        }

        @Override
        public Fetched<SubscriptionSnapshot> changeItems(
                String id,
                List<ItemChange> changes,
                Timing timing,
                @Nullable Confirmation confirmation,
                RequestKey key) {
            if (!timing.now()) {
                throw new IllegalArgumentException("a change at renewal is scheduled");
            }
            called("change " + changes + " " + timing);
            ProviderException refusal = changeRefusal;
            changeRefusal = null;
            if (refusal != null) {
                throw refusal;
            }
            return change(id, SubscriptionStates.changed(subscriptions.get(id).subscription(), changes));
        }

        @Override
        public Fetched<SubscriptionSnapshot> scheduleItems(
                String id, List<ItemChange> changes, @Nullable Confirmation confirmation, RequestKey key) {
            called("schedule " + changes);
            return change(id, SubscriptionStates.scheduled(subscriptions.get(id).subscription(), changes));
        }

        @Override
        public Fetched<SubscriptionSnapshot> useForPayments(String id, String paymentMethodId, RequestKey key) {
            called("charge " + id + " by " + paymentMethodId);
            return change(id, subscriptions.get(id).subscription());
        }

        @Override
        public Fetched<SubscriptionSnapshot> releaseSchedule(String id, RequestKey key) {
            called("release");
            return change(
                    id,
                    subscriptions.get(id).subscription().toBuilder()
                            .schedule(null)
                            .build());
        }

        @Override
        public Fetched<SubscriptionSnapshot> pauseCollection(String id, CollectionPause pause, RequestKey key) {
            throw atTheSimulator();
        }

        @Override
        public Fetched<SubscriptionSnapshot> resumeCollection(String id, RequestKey key) {
            throw atTheSimulator();
        }

        @Override
        public Fetched<SubscriptionSnapshot> resume(String id, RequestKey key) {
            throw atTheSimulator();
        }

        @Override
        public Fetched<SubscriptionSnapshot> collectBy(String id, CollectionMethod method, RequestKey key) {
            throw atTheSimulator();
        }

        @Override
        public Fetched<SubscriptionSnapshot> beginAgain(String endedId, List<NewLine> lines, RequestKey key) {
            throw atTheSimulator();
        }

        @Override
        public Optional<Fetched<SubscriptionSnapshot>> findSuccessor(String endedId) {
            throw atTheSimulator();
        }

        @Override
        public Set<String> sellable(Set<String> priceIds) {
            throw atTheSimulator();
        }

        @Override
        public boolean canBeCharged(String endedId) {
            throw atTheSimulator();
        }

        private UnsupportedOperationException atTheSimulator() {
            return new UnsupportedOperationException("this is tested against the simulator");
        }

        private Fetched<SubscriptionSnapshot> change(String id, Subscription after) {
            SubscriptionSnapshot old = subscriptions.get(id);
            return answer(put(new SubscriptionSnapshot(after, old.customerId(), old.accountHint(), false)));
        }
    }

    private final class Imports implements ImportGateway {
        @Override
        public List<String> subscriptionsOf(String customerId) {
            called("list subscriptions of " + customerId);
            return subscriptions.values().stream()
                    .filter(each -> each.customerId().equals(customerId))
                    .map(SubscriptionSnapshot::objectId)
                    .sorted()
                    .toList();
        }

        @Override
        public List<CustomerSnapshot> withEmail(String email, int max) {
            throw new UnsupportedOperationException("this is tested against the simulator");
        }

        @Override
        public Fetched<CustomerSnapshot> link(String customerId, AccountRef account, RequestKey key) {
            throw new UnsupportedOperationException("this is tested against the simulator");
        }
    }

    private final class Pages implements CheckoutGateway {
        @Override
        public Session open(String customerId, Order order, RequestKey key) {
            return open("open page " + order.main().plan().key(), key);
        }

        @Override
        public Session openCardUpdate(String customerId, CardUpdate update, RequestKey key) {
            return open("open page for a card in " + update.currency(), key);
        }

        private Session open(String call, RequestKey key) {
            called(call);
            String id = sessionsByKey.computeIfAbsent(key, k -> "cs_" + ids.incrementAndGet());
            Session session = new Session(
                    id,
                    CheckoutStatus.OPEN,
                    URI.create("https://pay.example/" + id),
                    clock.instant(),
                    clock.instant().plus(Duration.ofDays(1)),
                    null,
                    null);
            sessions.putIfAbsent(id, session);
            Runnable action = duringOpening.getAndSet(null);
            if (action != null) {
                action.run();
            }
            return sessions.get(id);
        }

        @Override
        public Session fetch(String sessionId) {
            called("fetch page");
            return sessions.get(sessionId);
        }

        @Override
        public Session expire(String sessionId, RequestKey key) {
            called("expire page");
            if (sessions.get(sessionId).status() == CheckoutStatus.OPEN) {
                finish(sessionId, CheckoutStatus.EXPIRED, null);
            }
            return sessions.get(sessionId);
        }
    }

    private final class Prices implements CatalogGateway {
        @Override
        public PublishedCatalog published(boolean portal) {
            return new PublishedCatalog(products, List.copyOf(prices.values()), portal ? portalOffer : null);
        }

        @Override
        public void createProduct(Product product, RequestKey key) {
            called("create product " + product.key());
            products.add(new PublishedCatalog.PublishedProduct(product.key(), product.name(), product.description()));
        }

        @Override
        public void updateProduct(Product product, RequestKey key) {
            called("update product " + product.key());
            products.removeIf(theirs -> theirs.key().equals(product.key()));
            products.add(new PublishedCatalog.PublishedProduct(product.key(), product.name(), product.description()));
        }

        @Override
        public void publishPortal(PortalOffer offer, RequestKey key) {
            called("publish portal");
            portalOffer = offer;
        }

        @Override
        public void createPrice(Plan plan, RequestKey key) {
            called("create price " + plan.key());
            prices.put(
                    plan.key().value(),
                    new PublishedCatalog.PublishedPrice(
                            plan.key(), plan.product().key(), plan.interval(), plan.pricing()));
        }
    }

    private final class Events implements WebhookGateway {
        @Override
        public Reception receive(WebhookRequest request) {
            if (!"signed".equals(request.signature())) {
                return new Reception.Refused(Rejection.SIGNATURE_MISMATCH, "No signature matches");
            }
            String id = new String(request.body(), StandardCharsets.UTF_8);
            FakeProvider.Envelope told = events.get(id).envelope();
            return new Reception.Accepted(
                    new WebhookGateway.Envelope(told.id(), told.type(), told.createdAt(), told.livemode()), id);
        }

        @Override
        public EventContent content(String payload) {
            return events.get(payload).content();
        }

        @Override
        public EventContent fetch(String payload) {
            called("fetch what event " + payload + " leaves out");
            return rests.get(payload);
        }
    }

    /** The provider's own list of events, in the order in which they were made. */
    private final class KeptEvents implements EventGateway {
        @Override
        public Optional<String> find(String eventId) {
            called("find event");
            return kept.contains(eventId) ? Optional.of(eventId) : Optional.empty();
        }

        @Override
        public Optional<Stored> newest() {
            called("newest event");
            return kept.isEmpty() ? Optional.empty() : Optional.of(stored(kept.get(kept.size() - 1)));
        }

        @Override
        public Optional<List<Stored>> after(String eventId, int max) {
            called("events after " + eventId);
            if (!kept.contains(eventId)) {
                return Optional.empty();
            }
            return Optional.of(kept.stream()
                    .skip(kept.indexOf(eventId) + 1L)
                    .limit(Math.min(max, pageSize))
                    .map(this::stored)
                    .toList());
        }

        @Override
        public Optional<Stored> firstSince(Instant time) {
            called("first event since");
            return kept.stream()
                    .map(this::stored)
                    .filter(event -> !event.envelope().createdAt().isBefore(time))
                    .findFirst();
        }

        private Stored stored(String id) {
            Envelope told = events.get(id).envelope();
            return new Stored(
                    new WebhookGateway.Envelope(told.id(), told.type(), told.createdAt(), told.livemode()), id);
        }
    }

    /** Sells nothing once. */
    private static final class Purchases implements PurchaseGateway {
        @Override
        public Fetched<Optional<Sale>> fetch(String sessionId) {
            return new Fetched<>(Optional.empty(), AsOf.at(Instant.EPOCH));
        }

        @Override
        public Optional<String> sessionOf(String paymentId) {
            return Optional.empty();
        }

        @Override
        public Sessions list(@Nullable String afterId, int max) {
            return new Sessions(List.of(), false);
        }
    }
}
