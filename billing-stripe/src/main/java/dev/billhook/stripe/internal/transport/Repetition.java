package dev.billhook.stripe.internal.transport;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.StripeResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Repeats a call whose answer was lost or asks for patience. Safe because every write carries an idempotency key. Source:
 * Stripe, "Low-level error handling": {@code Stripe-Should-Retry} decides where it is given; lock time-outs and rate limits
 * wait.
 */
final class Repetition {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final int max;
    private final Sleeper sleeper;

    Repetition(int max, Sleeper sleeper) {
        this.max = max;
        this.sleeper = sleeper;
    }

    /** As often as told, waiting in real time. */
    static Repetition ofReal(int max) {
        return new Repetition(max, pause -> Thread.sleep(pause.toMillis()));
    }

    StripeResponse send(Attempt attempt) throws ApiConnectionException {
        for (int done = 0; ; done++) {
            try {
                StripeResponse response = attempt.send();
                if (done >= max || !worthRepeating(response)) {
                    return response;
                }
                pause(done, retryAfter(response));
            } catch (ApiConnectionException e) {
                if (done >= max || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause(done, Optional.empty());
            }
        }
    }

    private static boolean worthRepeating(StripeResponse response) {
        Optional<String> advice = response.headers().firstValue("Stripe-Should-Retry");
        if (advice.isPresent()) {
            return "true".equals(advice.get());
        }
        return response.code() == 409 || response.code() == 429 || response.code() >= 500;
    }

    private static Optional<Duration> retryAfter(StripeResponse response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private void pause(int done, Optional<Duration> asked) throws ApiConnectionException {
        long backoff = SHORTEST.toMillis() << Math.min(done, 5);
        long jittered = backoff + ThreadLocalRandom.current().nextLong(backoff / 2);
        Duration wanted = asked.orElse(Duration.ofMillis(jittered));
        try {
            sleeper.sleep(wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted while waiting to repeat a call", e);
        }
    }

    /** One try. */
    @FunctionalInterface
    interface Attempt {
        StripeResponse send() throws ApiConnectionException;
    }

    /** Waits. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }
}
