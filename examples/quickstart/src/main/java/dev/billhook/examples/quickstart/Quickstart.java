package dev.billhook.examples.quickstart;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import org.h2.jdbcx.JdbcDataSource;

/** One account's life: from "no plan" through Checkout, seats, a larger plan and a cancellation to "read-only". */
public final class Quickstart {
    private static final AccountRef ACME = AccountRef.of("team", "acme");

    private Quickstart() {}

    /** Tells the story. Needs no network, no database and no Stripe account. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Catalog catalog = CatalogReader.read(
                "quickstart.yaml",
                new InputStreamReader(
                        Quickstart.class.getResourceAsStream("/quickstart.yaml"), StandardCharsets.UTF_8));
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:quickstart;DB_CLOSE_DELAY=-1");
        BillhookSchema.of(Dialect.H2).install(database);

        try (StripeSimulator stripe = StripeSimulator.start();
                HttpSide host = HttpSide.open()) {
            StripeConfig config = StripeConfig.builder()
                    .apiKey(stripe.apiKey())
                    .apiBase(URI.create(stripe.baseUrl()))
                    .webhookSecrets(stripe.registerWebhook(host.webhookUrl()))
                    .build();
            Story story = new Story(stripe.instantSource());
            try (Billing billing = Billing.builder(
                            catalog,
                            StripePaymentProvider.of(config),
                            JdbcStores.create(database, ProviderScope.test()))
                    .clock(stripe.instantSource())
                    .listener(BillingListener.named("story", ListenerPhase.IN_TRANSACTION, story::event))
                    .build()) {
                host.serve(billing.webhooks());
                live(billing, stripe, host, story);
            }
        }
    }

    private static void live(Billing billing, StripeSimulator stripe, HttpSide host, Story story)
            throws IOException, InterruptedException {
        story.tell("The catalog is published: "
                + billing.catalogPublisher().apply().changes().size() + " changes; again: "
                + billing.catalogPublisher().apply().changes().size() + ".");

        billing.accounts().register(ACME, AccountProfile.ofEmail("ada@acme.example"));
        story.tell("Acme signs up. " + access(billing));

        Checkout checkout = billing.checkout()
                .start(CheckoutRequest.of(ACME, PlanKey.of("team-monthly"), host.at("/welcome"), host.at("/plans"))
                        .withUnits(3));
        story.tell("Ada opens Checkout for 3 seats of Team and pays with 4242 4242 4242 4242.");
        host.pay(checkout.url(), "4242424242424242");
        stripe.awaitDeliveries(Duration.ofSeconds(10));
        story.tell("The webhook has told us. " + access(billing));

        Subscription grown = billing.subscriptions().setUnits(ACME, 5);
        story.tell("The team grows to " + grown.items().get(0).quantity() + " seats. " + access(billing));

        billing.subscriptions().changePlan(ACME, PlanKey.of("network-monthly"));
        story.tell("It moves up to Network; the seats come along. " + access(billing));

        Subscription leaving = billing.subscriptions().cancel(ACME, Cancellation.atPeriodEnd());
        story.tell(
                "Acme cancels; it ends on " + Story.day(leaving.pendingEnd().orElseThrow()) + ". " + access(billing));

        stripe.advance(Period.ofMonths(1));
        stripe.awaitDeliveries(Duration.ofSeconds(10));
        story.tell("A month later. " + access(billing));
    }

    private static String access(Billing billing) {
        Entitlements may = billing.entitlements().resolve(ACME);
        return "Access: " + may.state() + (may.writable() ? ", features " + Story.sorted(may.features()) : "")
                + (may.writable() ? ", seats " + may.remaining("seats", 0) : ", next step " + may.nextStep()) + ".";
    }
}
