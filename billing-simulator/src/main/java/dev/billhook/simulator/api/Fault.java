package dev.billhook.simulator.api;

import dev.billhook.simulator.kernel.ApiError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with requests on purpose: an error, a late answer, or none at all because the connection is closed; before
 * anything was done, or after all of it was, so that the client does not know. Immutable.
 *
 * @param method HTTP method of the requests meant, or several with commas between; null for all
 * @param path beginning of the paths meant, for example {@code /v1/subscriptions}; an asterisk stands for one segment
 * @param outcome what the client gets
 * @param status HTTP status of an error
 * @param code Stripe's code of an error, or null
 * @param done whether the request is carried out all the same
 * @param delay real time to pass before the answer or the end of the connection
 * @param shouldRetry what the {@code Stripe-Should-Retry} header says; null for no such header
 */
public record Fault(
        @Nullable String method,
        String path,
        Outcome outcome,
        int status,
        @Nullable String code,
        boolean done,
        Duration delay,
        @Nullable Boolean shouldRetry) {
    /** What the client gets. */
    public enum Outcome {
        /** The answer it would have got. */
        ANSWER,
        /** An error. */
        ERROR,
        /** The end of the connection. */
        DROP
    }

    private static final Duration LONGEST = Duration.ofMinutes(10);

    public Fault {
        Objects.requireNonNull(outcome, "outcome");
        if (outcome == Outcome.ERROR && (status < 400 || status > 599)) {
            throw new IllegalArgumentException("an error has a status from 400 to 599, not " + status);
        }
        if (outcome == Outcome.ANSWER && !done) {
            throw new IllegalArgumentException("what is not carried out has no answer");
        }
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a delay is between nothing and ten minutes, not " + delay);
        }
        method = method == null ? null : method.toUpperCase(Locale.ROOT);
    }

    /** The request is not carried out and answered with this status: 500, 503 and so on. */
    public static Fault error(int status) {
        return new Fault(null, "/", Outcome.ERROR, status, null, false, Duration.ZERO, null);
    }

    /** Too many requests: 429 with {@code rate_limit}. */
    public static Fault rateLimit() {
        return error(429).withCode("rate_limit");
    }

    /** Another request holds the object: 429 with {@code lock_timeout}, to be tried again. Source: Stripe's Rate limits. */
    public static Fault lockTimeout() {
        return error(429).withCode("lock_timeout").withShouldRetry(true);
    }

    /** The request is carried out; its answer comes this much later, in real time. */
    public static Fault late(Duration delay) {
        return new Fault(null, "/", Outcome.ANSWER, 0, null, true, delay, null);
    }

    /** The connection is closed and nothing was done. */
    public static Fault dropped() {
        return new Fault(null, "/", Outcome.DROP, 0, null, false, Duration.ZERO, null);
    }

    /** The same, after the request was carried out. */
    public Fault afterwards() {
        return new Fault(method, path, outcome, status, code, true, delay, shouldRetry);
    }

    /** The same for requests of this method only, or of these, with commas between. */
    public Fault forMethod(String wanted) {
        return new Fault(wanted, path, outcome, status, code, done, delay, shouldRetry);
    }

    /** The same for requests only whose path begins like this; an asterisk stands for one segment. */
    public Fault forPath(String beginning) {
        return new Fault(method, beginning, outcome, status, code, done, delay, shouldRetry);
    }

    /** The same with Stripe's code of the error. */
    public Fault withCode(String wanted) {
        return new Fault(method, path, outcome, status, wanted, done, delay, shouldRetry);
    }

    /** The same after this much real time. */
    public Fault withDelay(Duration wanted) {
        return new Fault(method, path, outcome, status, code, done, wanted, shouldRetry);
    }

    /** The same with a {@code Stripe-Should-Retry} header. */
    public Fault withShouldRetry(boolean wanted) {
        return new Fault(method, path, outcome, status, code, done, delay, wanted);
    }

    boolean isFor(String requestMethod, String requestPath) {
        return (method == null || List.of(method.split(",")).contains(requestMethod.toUpperCase(Locale.ROOT)))
                && begins(requestPath);
    }

    private boolean begins(String requestPath) {
        String[] wanted = path.split("\\*", -1);
        int at = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (!requestPath.startsWith(wanted[i], at)) {
                return false;
            }
            at += wanted[i].length();
            while (i < wanted.length - 1 && at < requestPath.length() && requestPath.charAt(at) != '/') {
                at++;
            }
        }
        return true;
    }

    public ApiError toError() {
        return ApiError.injected(status, code);
    }
}
