package dev.billhook.torture;

import dev.billhook.simulator.SimulatorBuilder;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.WebhookSpec;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A simulator that delivers badly: lost, twice, in another order, late, and in the shapes of old versions. */
final class Deliveries {
    private static final Instant START = Instant.parse("2027-01-01T08:00:00Z");
    private static final int MOST_UNDER_WAY = 60;
    private static final List<@Nullable String> VERSIONS =
            Arrays.asList("2020-08-27", null, "2022-11-15", "2024-09-30.acacia", "2025-03-31.basil");

    /** Each goes to an endpoint of its own, so that they overtake one another; updates go to two. */
    private static final List<List<String>> TYPES = List.of(
            List.of(
                    "customer.created",
                    "customer.updated",
                    "customer.deleted",
                    "payment_method.attached",
                    "payment_method.updated",
                    "payment_method.detached"),
            List.of(
                    "customer.subscription.created",
                    "customer.subscription.updated",
                    "customer.subscription.deleted",
                    "customer.subscription.paused",
                    "customer.subscription.resumed",
                    "customer.subscription.trial_will_end"),
            List.of("customer.subscription.updated"),
            List.of(
                    "invoice.finalized",
                    "invoice.paid",
                    "invoice.payment_failed",
                    "invoice.payment_action_required",
                    "invoice.upcoming"),
            List.of(
                    "charge.refunded",
                    "charge.dispute.created",
                    "charge.dispute.closed",
                    "checkout.session.completed",
                    "checkout.session.expired",
                    "subscription_schedule.updated",
                    "subscription_schedule.released",
                    "subscription_schedule.canceled",
                    "subscription_schedule.completed"));

    private Deliveries() {}

    /** A simulator that will deliver badly once there are endpoints. */
    static StripeSimulator start(long seed) {
        return badly(seed).startAt(START).start();
    }

    /** The same, where it is as late as it is for the hosts. */
    static StripeSimulator startNow(long seed) {
        return badly(seed).start();
    }

    private static SimulatorBuilder badly(long seed) {
        List<Duration> delays = new ArrayList<>();
        for (int millis : new int[] {50, 100, 200, 400, 800, 1600, 3000, 3000, 3000, 3000}) {
            delays.add(Duration.ofMillis(millis));
        }
        return StripeSimulator.builder()
                .seed(seed)
                .retryPolicy(new RetryPolicy(delays, Duration.ofSeconds(30)))
                .chaos(Chaos.NONE
                        .dropping(0.1)
                        .duplicating(0.1)
                        .reordering(0.1)
                        .delaying(0.1)
                        .twinning(0.03)
                        .within(Duration.ofMillis(300))
                        .seeded(seed));
    }

    /** Registers an endpoint for each group of types; answers their secrets. */
    static List<String> deliverTo(StripeSimulator simulator, String url, long seed) {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            String version = VERSIONS.get(Math.floorMod(i + seed, VERSIONS.size()));
            secrets.add(simulator.registerWebhook(
                    WebhookSpec.of(url).withEvents(TYPES.get(i)).withApiVersion(version)));
        }
        return secrets;
    }

    /** Waits until deliveries are not too far behind: the killed process should have been at work. */
    static void keepUp(StripeSimulator simulator) {
        while (simulator.unfinishedDeliveries() > MOST_UNDER_WAY) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
