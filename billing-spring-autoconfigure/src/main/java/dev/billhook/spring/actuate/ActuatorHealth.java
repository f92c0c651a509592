package dev.billhook.spring.actuate;

import java.util.function.Supplier;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** The health of billing in Spring Boot 3. */
final class ActuatorHealth extends AbstractHealthIndicator {
    private final Supplier<Diagnosis> now;

    ActuatorHealth(Supplier<Diagnosis> now) {
        super("The state of billing could not be read");
        this.now = now;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Diagnosis diagnosis = now.get();
        health.status(diagnosis.status()).withDetails(diagnosis.details());
    }
}
