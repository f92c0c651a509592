package dev.billhook.stripe;

import dev.billhook.ProviderScope;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the adapter reaches one Stripe account. Immutable; never prints a secret.
 *
 * @param apiKey secret or restricted key, {@code sk_test_…}, {@code rk_live_…}
 * @param scope the account and mode the key belongs to; the key must be of the same mode
 * @param webhookSecrets signing secrets that are accepted, several while one is being replaced; empty only if the process
 *     takes no webhooks
 * @param signatureTolerance how far a signature's time may be from ours, in the past or in the future
 * @param signatureClock the clock signatures are compared with; real time, also where the simulator's clock is turned
 * @param connection where the API is and how long to wait for it
 * @since 0.1.0
 */
public record StripeConfig(
        String apiKey,
        ProviderScope scope,
        List<String> webhookSecrets,
        Duration signatureTolerance,
        InstantSource signatureClock,
        Connection connection) {
    /** Signatures older or newer than five minutes are refused; Stripe's own recommendation. */
    public static final Duration DEFAULT_SIGNATURE_TOLERANCE = Duration.ofMinutes(5);

    /**
     * @throws IllegalArgumentException if a value is missing or contradicts another; the message names it, never its value
     */
    public StripeConfig {
        webhookSecrets = List.copyOf(webhookSecrets);
        ConfigChecks.apiKey(apiKey, scope, connection.apiBase());
        ConfigChecks.webhookSecrets(webhookSecrets);
        ConfigChecks.positive("signatureTolerance", signatureTolerance);
    }

    /** A configuration in the making. */
    public static Builder builder() {
        return new Builder();
    }

    /** Tells what is configured; key and secrets are left out. */
    @Override
    public String toString() {
        return "StripeConfig[scope=" + scope + ", webhookSecrets=" + webhookSecrets.size() + ", signatureTolerance="
                + signatureTolerance + ", connection=" + connection + "]";
    }

    /**
     * Where the API is and how long to wait for it.
     *
     * @param apiBase Stripe's API or a simulator; without encryption for test keys only
     * @param connectTimeout longest wait for a connection
     * @param readTimeout longest wait for an answer
     * @param maxNetworkRetries how often a call is repeated within itself after a lost answer, 409, 429 or 5xx; every
     *     repetition carries the same idempotency key
     */
    public record Connection(URI apiBase, Duration connectTimeout, Duration readTimeout, int maxNetworkRetries) {
        /** Stripe's API. */
        public static final URI STRIPE_API = URI.create("https://api.stripe.com");

        /** Stripe's API, 10 s to connect, 30 s to answer, 2 repetitions. */
        public static final Connection DEFAULT =
                new Connection(STRIPE_API, Duration.ofSeconds(10), Duration.ofSeconds(30), 2);

        /**
         * @throws IllegalArgumentException if the base is no http(s) URL, a timeout not positive or the number negative
         */
        public Connection {
            ConfigChecks.apiBase(apiBase);
            ConfigChecks.positive("connectTimeout", connectTimeout);
            ConfigChecks.positive("readTimeout", readTimeout);
            if (maxNetworkRetries < 0) {
                throw new IllegalArgumentException("maxNetworkRetries must not be negative");
            }
        }
    }

    /** Makes a configuration; not thread-safe. */
    public static final class Builder {
        private @Nullable String apiKey;
        private ProviderScope scope = ProviderScope.test();
        private @Nullable List<String> webhookSecrets;
        private Duration signatureTolerance = DEFAULT_SIGNATURE_TOLERANCE;
        private InstantSource signatureClock = InstantSource.system();
        private Connection connection = Connection.DEFAULT;

        private Builder() {}

        /** The secret or restricted key; required. */
        public Builder apiKey(@Nullable String newApiKey) {
            apiKey = newApiKey;
            return this;
        }

        /** The account and mode; {@link ProviderScope#test()} unless told. */
        public Builder scope(ProviderScope newScope) {
            scope = newScope;
            return this;
        }

        /** The accepted signing secrets; required unless {@link #withoutWebhooks()}. */
        public Builder webhookSecrets(List<String> secrets) {
            webhookSecrets = List.copyOf(secrets);
            if (secrets.isEmpty()) {
                webhookSecrets = null;
            }
            return this;
        }

        /** The accepted signing secrets; required unless {@link #withoutWebhooks()}. */
        public Builder webhookSecrets(String... secrets) {
            return webhookSecrets(List.of(secrets));
        }

        /** This process takes no webhooks, e.g. a command line; every incoming event is refused. */
        public Builder withoutWebhooks() {
            webhookSecrets = List.of();
            return this;
        }

        /** How far a signature's time may be from ours; {@link #DEFAULT_SIGNATURE_TOLERANCE} unless told. */
        public Builder signatureTolerance(Duration tolerance) {
            signatureTolerance = tolerance;
            return this;
        }

        /** The clock signatures are compared with; the system's unless told. */
        public Builder signatureClock(InstantSource clock) {
            signatureClock = clock;
            return this;
        }

        /** Another base than Stripe's, e.g. the simulator's. */
        public Builder apiBase(URI apiBase) {
            return connection(new Connection(
                    apiBase, connection.connectTimeout(), connection.readTimeout(), connection.maxNetworkRetries()));
        }

        /** Where the API is and how long to wait for it; {@link Connection#DEFAULT} unless told. */
        public Builder connection(Connection newConnection) {
            connection = newConnection;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if a value is missing or contradicts another
         */
        public StripeConfig build() {
            if (webhookSecrets == null) {
                throw new IllegalArgumentException("webhookSecrets is missing: without the endpoint's signing secret"
                        + " (whsec_…) nobody can tell Stripe's events from forged ones. Set it, or call"
                        + " withoutWebhooks() in a process that takes none");
            }
            return new StripeConfig(
                    Objects.requireNonNullElse(apiKey, ""),
                    scope,
                    webhookSecrets,
                    signatureTolerance,
                    signatureClock,
                    connection);
        }
    }
}
