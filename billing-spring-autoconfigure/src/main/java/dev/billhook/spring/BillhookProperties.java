package dev.billhook.spring;

import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.account.BillingDetail;
import dev.billhook.catalog.PlanKey;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every billing has, whatever its provider and its database.
 *
 * @param enabled Whether there is billing at all; if not, everything is allowed and nothing is called.
 * @param enforcement Whether what an account may not do is denied (enforced), or only told (shadow).
 * @param catalog Resource with the catalog, YAML or JSON.
 * @param account Name of the provider account; part of the key of every row. Letters, digits, '_' and '-'.
 * @param livemode Whether real money moves. A live key is refused without it, a test key with it.
 * @param requiredDetails What accounts have to tell before they are charged: payment-method, name, email, phone, country, postal-code, city, street, tax-id.
 * @param allowedOrigins Origins Checkout and Customer Portal may send browsers back to, e.g. https://app.example; any https origin and, on this machine, http if none is listed.
 * @param background Retrying failed events and telling after-commit listeners.
 * @param access What late and ended subscriptions may do.
 * @param retry When something that failed is tried again.
 * @param inbox How events are taken in and how long they are remembered.
 * @param usage How usage of metered plans is kept.
 * @param reconcile What is looked for by itself, so that nothing is missed.
 * @param accounts Further accounts at Stripe, by their names; each has a billing of its own, injected with its name as the qualifier.
 * @param catalogReload Time between two looks whether a catalog file was changed, which then counts at once; never if not set.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook")
public record BillhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("enforced") Enforcement enforcement,
        @DefaultValue(DEFAULT_CATALOG) String catalog,
        @DefaultValue("default") String account,
        @DefaultValue("false") boolean livemode,
        @DefaultValue("payment-method") Set<BillingDetail> requiredDetails,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue Background background,
        @DefaultValue Access access,
        @DefaultValue Retry retry,
        @DefaultValue Inbox inbox,
        @DefaultValue Usage usage,
        @DefaultValue Reconcile reconcile,
        @DefaultValue Map<String, Account> accounts,
        @Nullable Duration catalogReload) {
    /** Where the catalog is unless told otherwise. */
    public static final String DEFAULT_CATALOG = "classpath:billhook.yaml";

    /**
     * @throws IllegalArgumentException if the time between two looks at the catalog is not positive
     */
    public BillhookProperties {
        if (catalogReload != null && (catalogReload.isNegative() || catalogReload.isZero())) {
            throw new IllegalArgumentException("billhook.catalog-reload must be positive, or not set for never");
        }
    }

    /**
     * The scope of provider and stores.
     *
     * @throws IllegalArgumentException if the account name is malformed
     */
    public ProviderScope scope() {
        return new ProviderScope(account, livemode);
    }

    /** The policy of a catalog file, where the properties say nothing else. */
    public AccessPolicy accessPolicy(AccessPolicy file) {
        return access.over(file);
    }

    /**
     * The background thread.
     *
     * @param enabled Whether a thread retries failed events and tells after-commit listeners; without it the host calls Billing.runDueWork().
     * @param interval Time between two looks for due work; new events wake the thread at once.
     */
    public record Background(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5s") Duration interval) {}

    /**
     * The access policy; what is not set is as the catalog file's section access says, or else as in the standard policy.
     *
     * @param grace How long a past due subscription keeps full access, counted from the start of the unpaid period; 14 days if nothing else is said.
     * @param graceOf The same for single plans, by their keys.
     * @param cache How answers are remembered in the process.
     * @param readOnly How long what has ended can still be read; for ever if nothing else is said.
     * @param meanings What a situation (first-payment-open, grace-over, unpaid, trial-without-payment-method, collection-paused) means: nothing, read-only, grace or full.
     */
    public record Access(
            @Nullable Duration grace,
            @DefaultValue Map<String, Duration> graceOf,
            @Nullable Duration readOnly,
            @DefaultValue Map<AccessPolicy.Situation, AccessPolicy.Meaning> meanings,
            @DefaultValue Cache cache) {
        /** The policy of the catalog file, where nothing else is set here. */
        AccessPolicy over(AccessPolicy file) {
            AccessPolicy policy = grace == null ? file : file.withGrace(grace);
            policy = readOnly == null ? policy : policy.withReadOnly(readOnly);
            for (Map.Entry<String, Duration> plan : graceOf.entrySet()) {
                policy = policy.withGrace(PlanKey.of(plan.getKey()), plan.getValue());
            }
            for (Map.Entry<AccessPolicy.Situation, AccessPolicy.Meaning> one : meanings.entrySet()) {
                policy = policy.with(one.getKey(), one.getValue());
            }
            return policy;
        }
    }

    /**
     * How answers are remembered.
     *
     * @param maxAccounts How many accounts are remembered, about; 0 for none.
     * @param maxStaleness How old an answer may be; what changes through this process is seen at once.
     */
    public record Cache(
            @DefaultValue("100000") int maxAccounts,
            @DefaultValue("5s") Duration maxStaleness) {
        EntitlementCaching caching() {
            return new EntitlementCaching(maxAccounts, maxStaleness);
        }
    }

    /**
     * The retry policy.
     *
     * @param maxAttempts Failures after which an event is left to an operator.
     * @param firstDelay Delay after the first failure; doubles with each further one.
     * @param maxDelay Greatest delay.
     */
    public record Retry(
            @DefaultValue("25") int maxAttempts,
            @DefaultValue("5s") Duration firstDelay,
            @DefaultValue("6h") Duration maxDelay) {
        RetryPolicy policy() {
            return new RetryPolicy(maxAttempts, firstDelay, maxDelay);
        }
    }

    /**
     * The inbox.
     *
     * @param mode Whether an event is applied before it is answered (INLINE), or stored, answered and applied in batches (QUEUED).
     * @param retention How long finished events are remembered, so that one that is delivered again is told from a new one; at least 30 days.
     */
    public record Inbox(
            @DefaultValue("inline") WebhookMode mode,
            @DefaultValue("60d") Duration retention) {
        /**
         * @throws IllegalArgumentException if the time is shorter than Stripe may deliver again
         */
        public Inbox {
            if (retention.compareTo(BillingBuilder.SHORTEST_RETENTION) < 0) {
                throw new IllegalArgumentException(
                        "billhook.inbox.retention must be at least " + BillingBuilder.SHORTEST_RETENTION.toDays()
                                + " days: that long Stripe may deliver an event again");
            }
        }
    }

    /**
     * Usage of metered plans.
     *
     * @param retention How long usage is kept after Stripe has it; so long summaries tell of it. At least 36 days.
     */
    public record Usage(@DefaultValue("400d") Duration retention) {
        /**
         * @throws IllegalArgumentException if a record could be forgotten that can still be recorded again
         */
        public Usage {
            if (retention.compareTo(BillingBuilder.SHORTEST_USAGE_RETENTION) < 0) {
                throw new IllegalArgumentException(
                        "billhook.usage.retention must be at least " + BillingBuilder.SHORTEST_USAGE_RETENTION.toDays()
                                + " days: what is up to 35 days old can be recorded, and must be known till then");
            }
        }
    }

    /**
     * Reconciling by schedule; of several nodes about one does it.
     *
     * @param replayInterval Time between two looks for events that never arrived; never if 0.
     * @param sweepInterval Time between two comparisons of the whole mirror with Stripe; never if not set.
     * @param repair Whether a comparison brings the mirror in line, or only tells in the log what differs.
     */
    public record Reconcile(
            @DefaultValue("5m") Duration replayInterval,
            @Nullable Duration sweepInterval,
            @DefaultValue("false") boolean repair) {
        /**
         * @throws IllegalArgumentException if a time is negative
         */
        public Reconcile {
            if (replayInterval.isNegative()) {
                throw new IllegalArgumentException("billhook.reconcile.replay-interval cannot be negative");
            }
            if (sweepInterval != null && (sweepInterval.isNegative() || sweepInterval.isZero())) {
                throw new IllegalArgumentException("billhook.reconcile.sweep-interval must be positive");
            }
        }

        ReconcileSchedule schedule() {
            return new ReconcileSchedule(replayInterval.isZero() ? null : replayInterval, sweepInterval, repair);
        }
    }

    /**
     * A further account at Stripe; what is not set is as for the main one.
     *
     * @param enabled Whether it is billed; if not, everything is allowed there and nothing is called.
     * @param apiKey Its secret or restricted key.
     * @param webhookSecrets Signing secrets of its webhook endpoint; two while one is being rotated.
     * @param livemode Whether real money moves there.
     * @param catalog Resource with its catalog.
     * @param allowedOrigins Origins its Checkout and Customer Portal may send browsers back to.
     * @param apiBase Base address of its API.
     */
    public record Account(
            @DefaultValue("true") boolean enabled,
            @Nullable String apiKey,
            @DefaultValue List<String> webhookSecrets,
            @Nullable Boolean livemode,
            @Nullable String catalog,
            @DefaultValue List<String> allowedOrigins,
            @Nullable URI apiBase) {
        /** Copies the list; blank secrets, as unset placeholders leave them, count as none. */
        public Account {
            webhookSecrets =
                    webhookSecrets.stream().filter(secret -> !secret.isBlank()).toList();
        }

        /** Tells no key and no secret. */
        @Override
        public String toString() {
            return "Account[enabled=" + enabled + ", apiKey=" + (apiKey == null ? "none" : "present")
                    + ", webhookSecrets=" + webhookSecrets.size() + "]";
        }
    }
}
