package dev.billhook.simulator;

import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Faults;
import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.http.HttpListener;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Simulation;
import dev.billhook.simulator.seed.Seeds;
import dev.billhook.simulator.wiring.Assembly;
import dev.billhook.simulator.wiring.Entrance;
import dev.billhook.simulator.wiring.LocalApi;
import dev.billhook.simulator.wiring.TaxEntry;
import dev.billhook.simulator.wiring.Ticker;
import dev.billhook.simulator.wiring.WorldFiles;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator: Stripe's API, hosted pages and webhooks on a port of this machine, with simulated time. Thread-safe.
 *
 * <pre>{@code
 * try (StripeSimulator stripe = StripeSimulator.start()) {
 *     String secret = stripe.registerWebhook("http://127.0.0.1:8080/webhooks");
 *     // point any Stripe client at stripe.baseUrl() with stripe.apiKey() …
 *     stripe.advance(Period.ofMonths(1));
 *     stripe.awaitDeliveries(Duration.ofSeconds(5));
 * }
 * }</pre>
 */
public final class StripeSimulator implements AutoCloseable {
    private final Assembly assembly;
    private final HttpListener listener;
    private final Seeds seeds;
    private final WorldFiles worlds;
    private final SetUp setUp;
    private final @Nullable Ticker ticker;

    StripeSimulator(SimulatorBuilder builder) {
        this.assembly = new Assembly(builder.settings(), builder.retryPolicy(), this::baseUrl, this::reset);
        this.seeds = new Seeds(new LocalApi(assembly));
        assembly.deliveries().chaos(builder.chaos());
        assembly.dunning(builder.dunning());
        assembly.deliveries().deliverAs(builder.deliverAs());
        this.worlds = new WorldFiles(assembly);
        if (builder.from() != null) {
            worlds.read(builder.from());
        }
        this.setUp = new SetUp(assembly, builder);
        this.listener = new HttpListener(builder.port(), new Entrance(assembly, new ControlApi(this)::handle)::handle);
        this.ticker = builder.settings().running() ? new Ticker(simulation()) : null;
    }

    /** Starts on a free port, with time standing still at the present second until it is moved. */
    public static StripeSimulator start() {
        return builder().start();
    }

    /** To start otherwise. */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /** Address of API and pages, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + listener.port();
    }

    /** The secret API key to use; any other key of the same mode is taken too. */
    public String apiKey() {
        return simulation().settings().apiKey();
    }

    /** The simulated time. */
    public Instant now() {
        return instantSource().instant();
    }

    /** The simulated time as a source for the host's own clock. */
    public InstantSource instantSource() {
        return simulation().clock();
    }

    /** Moves time forward; everything that becomes due on the way happens in order. */
    public void advance(Duration duration) {
        advanceTo(now().plus(duration));
    }

    /** Moves time forward by calendar months, years or days, in UTC. */
    public void advance(Period period) {
        advanceTo(now().atZone(ZoneOffset.UTC).plus(period).toInstant());
    }

    /** Moves time forward to an instant. */
    public void advanceTo(Instant instant) {
        simulation().advanceTo(instant);
    }

    /** Registers an endpoint for all events; returns the secret that signs its deliveries. */
    public String registerWebhook(String url) {
        return registerWebhook(url, List.of("*"));
    }

    /** Registers an endpoint for events of these types; returns the secret that signs its deliveries. */
    public String registerWebhook(String url, List<String> events) {
        return registerWebhook(WebhookSpec.of(url).withEvents(events));
    }

    /** Registers an endpoint for all events, whose deliveries are signed with this secret. */
    public String registerWebhook(String url, String secret) {
        return registerWebhook(WebhookSpec.of(url).withSecret(secret));
    }

    /** Registers an endpoint; returns the secret that signs its deliveries. */
    public String registerWebhook(WebhookSpec wanted) {
        return setUp.register(wanted);
    }

    /** Lets {@link #reset} forget the endpoints that were registered here; those the builder named stay. */
    public void forgetWebhooks() {
        setUp.forgetWebhooks();
    }

    /** Sets what happens from now on when invoices cannot be collected. */
    public void dunning(DunningPolicy policy) {
        assembly.dunning(policy);
    }

    /** What happens when invoices cannot be collected. */
    public DunningPolicy dunning() {
        return assembly.dunning();
    }

    /** Lets deliveries go wrong on purpose from now on; {@link Chaos#NONE} ends it. */
    public void chaos(Chaos chaos) {
        assembly.deliveries().chaos(chaos);
    }

    /**
     * Delivers events from now on in the shapes of an earlier version of Stripe's API, for example {@code 2022-11-15}, to endpoints
     * that name no version themselves; null for the simulator's own.
     */
    public void deliverAs(@Nullable String apiVersion) {
        assembly.deliveries().deliverAs(apiVersion);
    }

    /** What goes wrong with deliveries on purpose at present. */
    public Chaos chaos() {
        return assembly.deliveries().chaos();
    }

    /**
     * Waits until every event has been delivered or given up; false when that takes longer. What is to be tried again in simulated
     * time is not waited for.
     */
    public boolean awaitDeliveries(Duration timeout) {
        return assembly.deliveries().await(timeout);
    }

    /** The latest attempts to deliver events, newest first. */
    public List<Delivery> deliveries() {
        return assembly.deliveries().log();
    }

    /** How many deliveries are under way or wait for real time to pass. */
    public int unfinishedDeliveries() {
        return assembly.deliveries().unfinished();
    }

    /** Delivers an event once more, to every endpoint that wants it. */
    public void resend(String eventId) {
        resend(eventId, null);
    }

    /** Delivers an event once more, to one endpoint, or to every one that wants it when that is null. */
    public void resend(String eventId, @Nullable String endpointId) {
        assembly.deliveries().resend(eventId, endpointId);
    }

    /** Lets the next API requests be refused with status 429. */
    public void refuseNextRequests(int requests) {
        faults().plan(requests, Fault.rateLimit());
    }

    /** What goes wrong with API requests on purpose: an error, a late answer, or the end of the connection. */
    public Faults faults() {
        return assembly.gateway().faults();
    }

    /**
     * Writes the whole world to a file: documents, events, clocks, what is due, and the answers of idempotency keys. {@link
     * SimulatorBuilder#from} starts from it, {@link #restore} goes back to it. Settings such as {@link #chaos(Chaos)} and {@link
     * #dunning(DunningPolicy)} are not in it.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written
     */
    public void snapshot(Path file) {
        worlds.write(file);
    }

    /**
     * Replaces the world by the one in a file. Webhook endpoints registered with the simulator itself that are not in it are added.
     *
     * @throws dev.billhook.simulator.kernel.ApiError when the file is no snapshot of the same format and mode
     * @throws java.io.UncheckedIOException when the file cannot be read
     */
    public void restore(Path file) {
        replace(() -> worlds.read(file));
    }

    /**
     * Gives a customer a discount of its own, as customers have from earlier versions of the API: the present one has no parameter
     * for it.
     *
     * @throws dev.billhook.simulator.kernel.ApiError when there is no such customer or the coupon cannot be redeemed
     */
    public void discountCustomer(String customerId, String couponId) {
        assembly.discountCustomer(customerId, couponId);
    }

    /**
     * Lets the cardholder dispute all of a payment as fraudulent; returns the id of the dispute.
     *
     * @param paymentId a charge or payment intent
     * @throws dev.billhook.simulator.kernel.ApiError when there is no such payment or nothing of it is left to dispute
     */
    public String dispute(String paymentId) {
        return assembly.cardholders().dispute(paymentId, Docs.object());
    }

    /**
     * Lets the cardholder dispute a part of a payment; returns the id of the dispute.
     *
     * @param paymentId a charge or payment intent
     * @param reason one of Stripe's reasons, for example {@code product_not_received}
     * @param amount minor units of the payment's currency
     * @throws dev.billhook.simulator.kernel.ApiError when there is no such payment or as much of it is not left to dispute
     */
    public String dispute(String paymentId, String reason, long amount) {
        return assembly.cardholders()
                .dispute(paymentId, Docs.object().put("reason", reason).put("amount", amount));
    }

    /**
     * Lets the bank decide a dispute.
     *
     * @throws dev.billhook.simulator.kernel.ApiError when there is no such dispute or it is closed
     */
    public void decideDispute(String disputeId, boolean won) {
        assembly.cardholders().decide(disputeId, won);
    }

    /**
     * Has automatic tax collect this percentage of customers in a state of a country, or with no state named of those elsewhere in
     * the country. A {@link #reset()} leaves what the builder says.
     *
     * @throws dev.billhook.simulator.kernel.ApiError when there is no such country or percentage
     */
    public void taxRate(String country, @Nullable String state, BigDecimal percentage) {
        setUp.enter(new TaxEntry(country, state, percentage));
    }

    /**
     * Forgets all objects and starts time again. Webhook endpoints registered with the simulator itself (by its builder,
     * {@code registerWebhook}, the command line or {@code /_sim/webhooks}) are registered again with their secrets, since they are
     * part of the set-up; those made through Stripe's API are objects and go. Settings such as {@link #chaos(Chaos)} and {@link #dunning(DunningPolicy)} stay.
     */
    public void reset() {
        replace(() -> {
            simulation().reset();
            assembly.gateway().reset();
        });
    }

    void replace(Runnable work) {
        setUp.begin(work);
    }

    /** Makes test accounts in any state. */
    public Seeds seed() {
        return seeds;
    }

    /** Every API route, as {@code METHOD template}. */
    public List<String> routes() {
        return assembly.routes();
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
        listener.close();
        assembly.deliveries().close();
    }

    Assembly assembly() {
        return assembly;
    }

    private Simulation simulation() {
        return assembly.simulation();
    }
}
