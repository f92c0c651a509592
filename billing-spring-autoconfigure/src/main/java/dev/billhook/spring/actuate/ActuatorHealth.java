package dev.billhook.spring.actuate;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** The health of billing in Spring Boot 3. */
final class ActuatorHealth extends AbstractHealthIndicator {
    private final BillingStateReader reader;
    private final BillhookHealthProperties bounds;

    ActuatorHealth(BillingStateReader reader, BillhookHealthProperties bounds) {
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
