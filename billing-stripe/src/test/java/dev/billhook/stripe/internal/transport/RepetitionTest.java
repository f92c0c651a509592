package dev.billhook.stripe.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The repetition of a call")
class RepetitionTest {
    private final List<Duration> pauses = new ArrayList<>();

    private static StripeResponse response(int status, String... header) {
        return new StripeResponse(
                status, HttpHeaders.of(header.length == 0 ? Map.of() : Map.of(header[0], List.of(header[1]))), "{}");
    }

    private StripeResponse send(int max, StripeResponse... responses) throws ApiConnectionException {
        Deque<StripeResponse> queue = new ArrayDeque<>(List.of(responses));
        return new Repetition(max, pauses::add).send(queue::remove);
    }

    @Test
    @DisplayName("waits as long as Stripe asks, but not longer than five seconds")
    void retryAfter() throws ApiConnectionException {
        send(3, response(429, "Retry-After", "2"), response(429, "Retry-After", "600"), response(200));
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("backs off more each time")
    void backsOff() throws ApiConnectionException {
        send(9, response(500), response(503), response(409), response(429, "Retry-After", "soon"), response(200));
        assertThat(pauses).hasSize(4).isSorted();
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(375));
        assertThat(pauses.get(3)).isBetween(Duration.ofMillis(2000), Duration.ofMillis(3000));
    }

    @Test
    @DisplayName("ends with the last answer when the number is used up")
    void usedUp() throws ApiConnectionException {
        assertThat(send(1, response(500), response(503)).code()).isEqualTo(503);
        assertThat(send(0, response(500)).code()).isEqualTo(500);
    }

    @Test
    @DisplayName("leaves refusals alone and follows Stripe's own advice")
    void advice() throws ApiConnectionException {
        assertThat(send(1, response(400)).code()).isEqualTo(400);
        assertThat(send(1, response(500, "Stripe-Should-Retry", "false")).code())
                .isEqualTo(500);
        assertThat(pauses).isEmpty();
        assertThat(send(1, response(400, "Stripe-Should-Retry", "true"), response(200))
                        .code())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("repeats lost answers and ends with the failure")
    void lost() {
        Repetition repetition = new Repetition(2, pauses::add);
        assertThatThrownBy(() -> repetition.send(() -> {
                    throw new ApiConnectionException("gone");
                }))
                .isInstanceOf(ApiConnectionException.class);
        assertThat(pauses).hasSize(2);
    }

    @Test
    @DisplayName("stops when the thread is asked to")
    void interrupted() {
        Repetition repetition = new Repetition(2, pause -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> repetition.send(() -> response(500))).isInstanceOf(ApiConnectionException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
