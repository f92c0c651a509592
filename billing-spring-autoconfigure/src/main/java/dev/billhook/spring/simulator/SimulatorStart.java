package dev.billhook.spring.simulator;

import dev.billhook.Billing;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spring.webhook.BillhookWebhookProperties;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;

/** Stocks the simulator before the application serves anybody, and joins the two once both have an address. */
final class SimulatorStart implements SmartInitializingSingleton, ApplicationListener<ApplicationStartedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatorStart.class);

    private final StripeSimulator simulator;
    private final SimulatorConnection connection;
    private final ObjectProvider<Billing> billing;
    private final ObjectProvider<BillhookWebhookProperties> webhook;
    private final @Nullable URI webhookUrl;
    private boolean joined;

    SimulatorStart(
            StripeSimulator simulator,
            SimulatorConnection connection,
            ObjectProvider<Billing> billing,
            ObjectProvider<BillhookWebhookProperties> webhook,
            BillhookSimulatorProperties properties) {
        this.simulator = simulator;
        this.connection = connection;
        this.billing = billing;
        this.webhook = webhook;
        this.webhookUrl = properties.webhookUrl();
    }

    @Override
    public void afterSingletonsInstantiated() {
        billing.ifUnique(stocked -> stocked.catalogPublisher().apply());
    }

    /** Before the host's runners; the web server has its port. */
    @Override
    public synchronized void onApplicationEvent(ApplicationStartedEvent event) {
        if (joined) {
            return;
        }
        Optional<URI> endpoint = Optional.ofNullable(webhookUrl)
                .or(() -> Optional.ofNullable(webhook.getIfAvailable())
                        .flatMap(own ->
                                OwnEndpoint.of(event.getApplicationContext().getEnvironment(), own.path())));
        endpoint.ifPresent(connection::deliverTo);
        joined = true;
        LOG.info(
                "Billhook works with its simulator, not with Stripe. Pages and clock: {}/dashboard - webhooks go to {}",
                simulator.baseUrl(),
                endpoint.map(URI::toString).orElse("nobody"));
    }
}
