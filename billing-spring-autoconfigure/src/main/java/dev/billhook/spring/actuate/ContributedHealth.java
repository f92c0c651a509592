package dev.billhook.spring.actuate;

import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** The health of billing in Spring Boot 4, which moved the classes of {@link ActuatorHealth}. */
final class ContributedHealth extends AbstractHealthIndicator {
    private final Supplier<Diagnosis> now;

    ContributedHealth(Supplier<Diagnosis> now) {
        super("The state of billing could not be read");
        this.now = now;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Diagnosis diagnosis = now.get();
        health.status(diagnosis.status()).withDetails(diagnosis.details());
    }
}
