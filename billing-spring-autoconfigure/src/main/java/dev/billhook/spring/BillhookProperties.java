package dev.billhook.spring;

import dev.billhook.ProviderScope;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every billing has, whatever its provider and its database.
 *
 * @param enabled Whether Billhook is part of the application at all; if not, none of its beans exist.
 * @param catalog Resource with the catalog, YAML or JSON.
 * @param account Name of the provider account; part of the key of every row. Letters, digits, '_' and '-'.
 * @param livemode Whether real money moves. A live key is refused without it, a test key with it.
 * @param background Retrying failed events and telling after-commit listeners.
 * @param access What late and ended subscriptions may do.
 * @param retry When something that failed is tried again.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook")
public record BillhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(DEFAULT_CATALOG) String catalog,
        @DefaultValue("default") String account,
        @DefaultValue("false") boolean livemode,
        @DefaultValue Background background,
        @DefaultValue Access access,
        @DefaultValue Retry retry) {
    /** Where the catalog is unless told otherwise. */
    public static final String DEFAULT_CATALOG = "classpath:billhook.yaml";

    /**
     * The scope of provider and stores.
     *
     * @throws IllegalArgumentException if the account name is malformed
     */
    public ProviderScope scope() {
        return new ProviderScope(account, livemode);
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
     * The access policy.
     *
     * @param grace How long a past due subscription keeps full access, counted from the start of the unpaid period.
     * @param readOnly How long an ended subscription can still be read; for ever if not set.
     */
    public record Access(
            @DefaultValue("14d") Duration grace, @Nullable Duration readOnly) {
        AccessPolicy policy() {
            return new AccessPolicy(grace, readOnly);
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
}
