package dev.billhook.spring.simulator;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The simulator inside the application.
 *
 * @param enabled Whether the simulator takes Stripe's place; if not set, it does in the profiles dev, development and local as long as no API key is set.
 * @param port Port of the simulator's API and pages on the loopback interface; a free one if 0.
 * @param webhookUrl Where the simulator delivers webhooks; if not set, to this application's own endpoint.
 * @param businessName Name of the business on the simulator's pages and invoices.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.simulator")
public record BillhookSimulatorProperties(
        @Nullable Boolean enabled,
        @DefaultValue("0") int port,
        @Nullable URI webhookUrl,
        @DefaultValue("Simulator") String businessName) {}
