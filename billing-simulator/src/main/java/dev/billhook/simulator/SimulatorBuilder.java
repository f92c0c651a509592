package dev.billhook.simulator;

import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.RetryPolicy;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.wiring.TaxEntry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a simulator is started. Not thread-safe. */
public final class SimulatorBuilder {
    private final List<WebhookSpec> webhooks = new ArrayList<>();
    private final List<TaxEntry> taxes = new ArrayList<>();
    private String businessName = Settings.DEFAULT_BUSINESS;
    private int port;
    private String apiKey = "sk_test_simulator";
    private @Nullable Instant start;
    private @Nullable Path from;
    private boolean running;
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private Chaos chaos = Chaos.NONE;
    private DunningPolicy dunning = DunningPolicy.DEFAULT;
    private @Nullable String deliverAs;
    private long seed = new SecureRandom().nextLong();

    SimulatorBuilder() {}

    /** The port to listen on; 0, the default, takes a free one. */
    public SimulatorBuilder port(int number) {
        this.port = number;
        return this;
    }

    /** The secret key to announce; a live key makes a simulator in live mode. */
    public SimulatorBuilder apiKey(String key) {
        this.apiKey = key;
        return this;
    }

    /** The name of the business on pages and invoices; {@code Simulator} by default. */
    public SimulatorBuilder businessName(String name) {
        this.businessName = name;
        return this;
    }

    /** The simulated instant at which to begin; the present by default. */
    public SimulatorBuilder startAt(Instant instant) {
        this.start = instant;
        return this;
    }

    /** Lets simulated time run at the pace of real time; by default it stands still until it is moved. */
    public SimulatorBuilder runningClock() {
        this.running = true;
        return this;
    }

    /** Registers an endpoint for all events, signed with a secret that is made. */
    public SimulatorBuilder webhook(String url) {
        return webhook(WebhookSpec.of(url));
    }

    /** Registers an endpoint for all events, signed with this secret. */
    public SimulatorBuilder webhook(String url, String secret) {
        return webhook(WebhookSpec.of(url).withSecret(secret));
    }

    /** Registers an endpoint. */
    public SimulatorBuilder webhook(WebhookSpec endpoint) {
        webhooks.add(endpoint);
        return this;
    }

    /** The version of Stripe's API whose shapes events are delivered in; the simulator's own by default. */
    public SimulatorBuilder deliverAs(String apiVersion) {
        this.deliverAs = apiVersion;
        return this;
    }

    /** Has automatic tax collect this percentage of customers in a country (two letters), where no rate of their state is set. */
    public SimulatorBuilder taxRate(String country, String percentage) {
        taxes.add(new TaxEntry(country, null, new BigDecimal(percentage)));
        return this;
    }

    /** Has automatic tax collect this percentage of customers in a state of a country, as in {@code taxRate("US", "NY", "8.875")}. */
    public SimulatorBuilder taxRate(String country, String state, String percentage) {
        taxes.add(new TaxEntry(country, state, new BigDecimal(percentage)));
        return this;
    }

    /** How deliveries that fail are tried again. */
    public SimulatorBuilder retryPolicy(RetryPolicy policy) {
        this.retryPolicy = policy;
        return this;
    }

    /** What goes wrong with deliveries on purpose; nothing by default. */
    public SimulatorBuilder chaos(Chaos wanted) {
        this.chaos = wanted;
        return this;
    }

    /** Makes identifiers predictable. */
    public SimulatorBuilder seed(long value) {
        this.seed = value;
        return this;
    }

    /**
     * Starts from the world in a file that {@link StripeSimulator#snapshot} wrote; its time goes on, whatever {@link #startAt}
     * says.
     */
    public SimulatorBuilder from(Path snapshot) {
        this.from = snapshot;
        return this;
    }

    /** Starts it. */
    public StripeSimulator start() {
        return new StripeSimulator(this);
    }

    @Nullable Path from() {
        return from;
    }

    int port() {
        return port;
    }

    /** What happens when invoices cannot be collected. */
    public SimulatorBuilder dunning(DunningPolicy policy) {
        this.dunning = policy;
        return this;
    }

    DunningPolicy dunning() {
        return dunning;
    }

    Chaos chaos() {
        return chaos;
    }

    @Nullable String deliverAs() {
        return deliverAs;
    }

    List<WebhookSpec> webhooks() {
        return List.copyOf(webhooks);
    }

    List<TaxEntry> taxes() {
        return List.copyOf(taxes);
    }

    RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    Settings settings() {
        return new Settings(businessName, apiKey, start, running, InstantSource.system(), seed);
    }
}
