package dev.billhook.spring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** The health of billing in Spring Boot 4, which moved the classes of {@link ActuatorHealth}. */
final class ContributedHealth extends AbstractHealthIndicator {
    private final BillingStateReader reader;
    private final BillhookHealthProperties bounds;

    ContributedHealth(BillingStateReader reader, BillhookHealthProperties bounds) {
        super("The state of billing could not be read");
        this.reader = reader;
        this.bounds = bounds;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Diagnosis diagnosis = Diagnosis.of(reader.read(), bounds);
        health.status(diagnosis.status()).withDetails(diagnosis.details());
    }
}
