package dev.billhook;

import dev.billhook.account.BillingDetail;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.catalog.Catalog;
import dev.billhook.checkout.AllowedOrigins;
import dev.billhook.conversion.ConversionPolicy;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.enforcement.ShadowObserver;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.event.BillingListener;
import dev.billhook.internal.AccessSettings;
import dev.billhook.internal.Assembly;
import dev.billhook.internal.ExtraRules;
import dev.billhook.internal.Running;
import dev.billhook.internal.StartCheck;
import dev.billhook.internal.SwitchedOff;
import dev.billhook.internal.support.Support;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.support.SupportLookup;
import dev.billhook.support.SupportRows;
import dev.billhook.support.SupportSettings;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.VerifiedDomains;
import dev.billhook.unit.UnitSource;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.endpoint.SecretKeys;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Billing}. Containers that know {@code jakarta.inject} can inject it once catalog, provider and stores
 * are bound. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class BillingBuilder {
    /** How often the background thread looks for due work unless told otherwise. */
    public static final Duration DEFAULT_BACKGROUND_INTERVAL = Duration.ofSeconds(5);

    /** How long finished events are remembered unless told otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(60);

    /** The shortest time finished events can be remembered: so long the provider may deliver one again. */
    public static final Duration SHORTEST_RETENTION = Duration.ofDays(30);

    /** How long sent usage is kept unless told otherwise: a little longer than the longest period. */
    public static final Duration DEFAULT_USAGE_RETENTION = Duration.ofDays(400);

    /** The shortest time sent usage may be kept: as long as a record of it is taken, it must be known. */
    public static final Duration SHORTEST_USAGE_RETENTION = Duration.ofDays(36);

    /** What accounts have to tell before they are charged unless told otherwise. */
    public static final Set<BillingDetail> DEFAULT_REQUIRED_DETAILS = Set.of(BillingDetail.PAYMENT_METHOD);

    private final Catalog catalog;
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final List<BillingListener> listeners = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private AccessPolicy accessPolicy = AccessPolicy.STANDARD;
    private Set<BillingDetail> requiredDetails = DEFAULT_REQUIRED_DETAILS;
    private EntitlementCaching entitlementCaching = EntitlementCaching.STANDARD;
    private RetryPolicy retryPolicy = RetryPolicy.STANDARD;
    private WebhookMode webhookMode = WebhookMode.INLINE;
    private Duration retention = DEFAULT_RETENTION;
    private Duration usageRetention = DEFAULT_USAGE_RETENTION;
    private ReconcileSchedule reconcileSchedule = ReconcileSchedule.STANDARD;
    private @Nullable Duration backgroundInterval = DEFAULT_BACKGROUND_INTERVAL;
    private AllowedOrigins allowedOrigins = AllowedOrigins.anySecure();
    private @Nullable PlanConverter planConverter;
    private ConversionPolicy conversionPolicy = ConversionPolicy.standard();
    private @Nullable UnitSource unitSource;
    private TrialPolicy trialPolicy = TrialPolicy.standard();
    private AddOnPolicy addOnPolicy = AddOnPolicy.standard();
    private NoticePolicy noticePolicy = NoticePolicy.STANDARD;
    private PurchasePolicy purchasePolicy = PurchasePolicy.STANDARD;
    private VerifiedDomains verifiedDomains = account -> Optional.empty();
    private Enforcement enforcement = Enforcement.ENFORCED;
    private @Nullable ShadowObserver shadowObserver;
    private SecretKeys secretKeys = SecretKeys.none();
    private Support support = Support.NONE;
    private @Nullable AccessSignals accessSignals;

    /** Starts with the three parts every billing needs. */
    @Inject
    public BillingBuilder(Catalog catalog, PaymentProvider provider, BillingStores stores) {
        this.catalog = catalog;
        this.provider = provider;
        this.stores = stores;
    }

    static Billing off(Catalog catalog) {
        return SwitchedOff.billing(catalog, InstantSource.system());
    }

    /** What "now" is for access, retries and leases; the system clock unless told otherwise. */
    public BillingBuilder clock(InstantSource newClock) {
        this.clock = newClock;
        return this;
    }

    /** What late and ended subscriptions may do; {@link AccessPolicy#STANDARD} unless told otherwise. */
    public BillingBuilder accessPolicy(AccessPolicy policy) {
        this.accessPolicy = policy;
        return this;
    }

    /**
     * What accounts have to tell before they are charged, see {@link dev.billhook.account.AccountService#missingDetails};
     * {@link #DEFAULT_REQUIRED_DETAILS} unless told otherwise.
     */
    public BillingBuilder requiredDetails(Set<BillingDetail> details) {
        this.requiredDetails = Set.copyOf(details);
        return this;
    }

    /** How answers about access are remembered; {@link EntitlementCaching#STANDARD} unless told otherwise. */
    public BillingBuilder entitlementCaching(EntitlementCaching caching) {
        this.entitlementCaching = caching;
        return this;
    }

    /**
     * How the other nodes are told at once whose access changes; without it they see it when what they remember is too old
     * ({@link EntitlementCaching}). The billing closes the signals.
     */
    public BillingBuilder accessSignals(AccessSignals signals) {
        this.accessSignals = signals;
        return this;
    }

    /** Whether what an account may not do is denied; {@link Enforcement#ENFORCED} unless told otherwise. */
    public BillingBuilder enforcement(Enforcement mode) {
        this.enforcement = mode;
        return this;
    }

    /** Who is told what would have been denied, {@link Enforcement#SHADOW}; the log, at level INFO, unless told otherwise. */
    public BillingBuilder shadowObserver(ShadowObserver observer) {
        this.shadowObserver = observer;
        return this;
    }

    /** When failed events are tried again; {@link RetryPolicy#STANDARD} unless told otherwise. */
    public BillingBuilder retryPolicy(RetryPolicy policy) {
        this.retryPolicy = policy;
        return this;
    }

    /** When events are applied; {@link WebhookMode#INLINE} unless told otherwise. */
    public BillingBuilder webhookMode(WebhookMode mode) {
        this.webhookMode = mode;
        return this;
    }

    /**
     * How long finished events are remembered; {@link #DEFAULT_RETENTION} unless told otherwise. Within this time an event that
     * is delivered again is told from a new one.
     *
     * @throws IllegalArgumentException if it is shorter than the 30 days within which the provider may deliver an event again
     */
    public BillingBuilder retention(Duration time) {
        if (time.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "Events must be remembered for at least 30 days: that long the provider may"
                            + " deliver one again");
        }
        this.retention = time;
        return this;
    }

    /**
     * How long usage is kept after the provider has it; {@link #DEFAULT_USAGE_RETENTION} unless told otherwise. So long
     * {@link dev.billhook.usage.UsageRecorder#summary} tells of it, and a record of the same key counts once.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #SHORTEST_USAGE_RETENTION}
     */
    public BillingBuilder usageRetention(Duration time) {
        if (time.compareTo(SHORTEST_USAGE_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "Usage must be kept for at least 36 days: what is up to 35 days old can be"
                            + " recorded, and would count again if it were forgotten");
        }
        this.usageRetention = time;
        return this;
    }

    /**
     * How plans are changed; {@link PlanConverter#of} by the conversion policy unless told otherwise. One that is given stays when the
     * catalog is {@linkplain Billing#replaceCatalog replaced}.
     */
    public BillingBuilder planConverter(PlanConverter converter) {
        this.planConverter = converter;
        return this;
    }

    /**
     * Where Checkout and Customer Portal may send browsers back to, and nowhere else: an address of another origin is refused
     * with a {@link dev.billhook.checkout.ReturnUrlException}. Without a list every {@code https} origin is allowed and {@code http} ones of this
     * machine, which is warned of at the start: whoever gets a foreign address into a request could use the provider's pages
     * to lead buyers to his own.
     *
     * @param origins each like {@code https://app.example}
     * @throws IllegalArgumentException if there is none, or one is no origin
     */
    public BillingBuilder allowedOrigins(Collection<String> origins) {
        this.allowedOrigins = AllowedOrigins.of(origins);
        return this;
    }

    /** When changes of plans happen; {@link ConversionPolicy#standard} unless told otherwise. A plan converter goes first. */
    public BillingBuilder conversionPolicy(ConversionPolicy policy) {
        this.conversionPolicy = policy;
        return this;
    }

    /** What the host counts and sells by the unit; see {@link Billing#units()}. Nothing unless told. */
    public BillingBuilder unitSource(UnitSource source) {
        this.unitSource = source;
        return this;
    }

    /** Who gets a free trial; {@link TrialPolicy#standard} unless told otherwise. */
    public BillingBuilder trialPolicy(TrialPolicy policy) {
        this.trialPolicy = policy;
        return this;
    }

    /** Which domains are whose, for a trial policy that looks at them. None unless told. */
    public BillingBuilder verifiedDomains(VerifiedDomains domains) {
        this.verifiedDomains = domains;
        return this;
    }

    /** How add-ons are handled; {@link AddOnPolicy#standard} unless told otherwise. */
    public BillingBuilder addOnPolicy(AddOnPolicy policy) {
        this.addOnPolicy = policy;
        return this;
    }

    /** Of what accounts are told by time, and how long ahead; {@link NoticePolicy#STANDARD} unless told otherwise. */
    public BillingBuilder noticePolicy(NoticePolicy policy) {
        this.noticePolicy = policy;
        return this;
    }

    /** What follows from one-time purchases. Default: {@link PurchasePolicy#STANDARD}. */
    public BillingBuilder purchasePolicy(PurchasePolicy policy) {
        this.purchasePolicy = policy;
        return this;
    }

    /** What the signing secrets of {@linkplain Billing#endpoints() registered endpoints} are kept under. None unless told: then they are not kept. */
    public BillingBuilder secretKeys(SecretKeys keys) {
        this.secretKeys = keys;
        return this;
    }

    /**
     * How a help desk is answered, see {@link Billing#support()}; no request is unless told.
     *
     * @param lookup whose an e-mail address is; the provider is asked for it in any case
     * @param rows what is shown besides
     */
    public BillingBuilder support(SupportSettings settings, SupportLookup lookup, SupportRows rows) {
        this.support = new Support(settings, lookup, rows);
        return this;
    }

    /** Adds a listener. */
    public BillingBuilder listener(BillingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Adds listeners. */
    public BillingBuilder listeners(List<? extends BillingListener> more) {
        listeners.addAll(more);
        return this;
    }

    /** How often the background thread looks for due work; it is woken at once by new events. */
    public BillingBuilder backgroundInterval(Duration interval) {
        this.backgroundInterval = interval;
        return this;
    }

    /** What the background reconciles by itself; {@link ReconcileSchedule#STANDARD} unless told otherwise. */
    public BillingBuilder reconcile(ReconcileSchedule schedule) {
        this.reconcileSchedule = schedule;
        return this;
    }

    /**
     * Starts no background threads: the host calls {@link Billing#runDueWork()}, and {@link Billing#reconciler()} now and then.
     */
    public BillingBuilder withoutBackgroundWork() {
        this.backgroundInterval = null;
        return this;
    }

    /**
     * Puts the billing together and starts its background thread.
     *
     * @throws BillingException if provider and stores are of different scopes, or two listeners have the same name
     */
    public Billing build() {
        StartCheck.of(provider, stores, listeners, allowedOrigins);
        PlanConverter own = planConverter;
        ConversionPolicy conversions = conversionPolicy;
        return Running.start(
                provider,
                stores,
                new Assembly.Rules(
                        catalog,
                        new AccessSettings(
                                accessPolicy, entitlementCaching, enforcement, shadowObserver, accessSignals),
                        each -> own == null ? PlanConverter.of(each, conversions) : own,
                        requiredDetails,
                        allowedOrigins,
                        new ExtraRules(
                                unitSource,
                                trialPolicy,
                                verifiedDomains,
                                addOnPolicy,
                                noticePolicy,
                                purchasePolicy,
                                secretKeys,
                                support)),
                new Assembly.Work(
                        clock,
                        clock.equals(InstantSource.system()),
                        List.copyOf(listeners),
                        retryPolicy,
                        webhookMode,
                        retention,
                        usageRetention,
                        reconcileSchedule,
                        Optional.ofNullable(backgroundInterval)));
    }
}
