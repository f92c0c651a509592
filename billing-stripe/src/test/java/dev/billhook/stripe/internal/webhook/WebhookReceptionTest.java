package dev.billhook.stripe.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.provider.WebhookGateway.Envelope;
import dev.billhook.spi.provider.WebhookGateway.Reception;
import dev.billhook.stripe.testing.Signatures;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The webhook endpoint's gate")
class WebhookReceptionTest {
    private static final String SECRET = "whsec_first";
    private static final String SECOND = "whsec_second";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String T = "1700000000";
    private static final String EVENT = """
            {"id": "evt_1", "object": "event", "api_version": "2020-08-27", "created": 1699999990,
             "data": {"object": {"id": "x"}}, "livemode": false, "type": "invoice.paid"}""";

    private final StripeWebhooks webhooks = webhooks(List.of(SECRET, SECOND));

    private static StripeWebhooks webhooks(List<String> secrets) {
        return new StripeWebhooks(secrets, Duration.ofSeconds(300), () -> NOW, event -> new EventContent.Irrelevant());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Reception receive(byte[] body, @Nullable String header) {
        return webhooks.receive(new WebhookRequest(body, header));
    }

    private Reception signed(byte[] body) {
        return receive(body, Signatures.header(SECRET, T, body));
    }

    private static void assertRefused(Reception reception, Rejection reason) {
        assertThat(reception).isInstanceOfSatisfying(Reception.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.detail()).isNotBlank().doesNotContain("\n", SECRET, SECOND, "whsec");
        });
    }

    @Test
    @DisplayName("C6 accepts what Stripe signed and reads the envelope")
    void accepts() {
        assertThat(signed(bytes(EVENT)))
                .isEqualTo(new Reception.Accepted(
                        new Envelope("evt_1", "invoice.paid", Instant.ofEpochSecond(1_699_999_990), false), EVENT));
    }

    static Stream<Arguments> goodHeaders() {
        String good = Signatures.v1(SECRET, T, bytes(EVENT));
        String other = Signatures.v1("whsec_gone", T, bytes(EVENT));
        return Stream.of(
                arguments("second secret", "t=" + T + ",v1=" + Signatures.v1(SECOND, T, bytes(EVENT))),
                arguments("several signatures, ours last", "t=" + T + ",v1=" + other + ",v1=" + good),
                arguments("several signatures, ours first", "t=" + T + ",v1=" + good + ",v1=" + other),
                arguments("an old scheme beside it", "t=" + T + ",v0=zz,v1=" + good),
                arguments("a later scheme beside it", "t=" + T + ",v1=" + good + ",v2=anything"),
                arguments("time last", "v1=" + good + ",t=" + T),
                arguments("blanks after the comma", "t=" + T + ", v1=" + good),
                arguments("upper-case digits", "t=" + T + ",v1=" + good.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodHeaders")
    @DisplayName("C6 accepts every well-formed header that proves the body")
    void acceptsHeaders(String name, String header) {
        assertThat(receive(bytes(EVENT), header)).isInstanceOf(Reception.Accepted.class);
    }

    static Stream<Arguments> malformedHeaders() {
        String good = Signatures.v1(SECRET, T, bytes(EVENT));
        return Stream.of(
                        "t",
                        "v1",
                        "t=,v1=" + good,
                        "t=1,v1",
                        "t=abc",
                        "t=abc,v1=" + good,
                        "t=-5,v1=" + good,
                        "t=1700000000",
                        "v1=" + good,
                        "t=" + T + ",t=" + T + ",v1=" + good,
                        "t=" + T + ",v1=" + good + ",",
                        ",t=" + T + ",v1=" + good,
                        "t=" + T + ",v1=",
                        "t=" + T + ",v1=zz" + good.substring(2),
                        "t=" + T + ",v1=" + good.substring(1),
                        "t=" + T + ",v1=" + good + "00",
                        "t=" + T + ";v1=" + good,
                        "t=999999999999999999999,v1=" + good,
                        "t=٣,v1=" + good,
                        "=",
                        ",",
                        "t=" + T + (",v1=" + good).repeat(17),
                        "t=" + T + ",x=" + "a".repeat(5000) + ",v1=" + good,
                        "\u0000")
                .map(header -> arguments(header));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeaders")
    @DisplayName("C6 refuses a malformed header with 400 and never fails on it")
    void refusesMalformed(String header) {
        assertRefused(receive(bytes(EVENT), header), Rejection.SIGNATURE_MALFORMED);
    }

    @Test
    @DisplayName("C6 refuses a missing or blank header")
    void refusesMissing() {
        assertRefused(receive(bytes(EVENT), null), Rejection.SIGNATURE_MISSING);
        assertRefused(receive(bytes(EVENT), ""), Rejection.SIGNATURE_MISSING);
        assertRefused(receive(bytes(EVENT), "  "), Rejection.SIGNATURE_MISSING);
    }

    @Test
    @DisplayName("C6 refuses another secret, a changed body and a changed time")
    void refusesMismatch() {
        byte[] body = bytes(EVENT);
        assertRefused(receive(body, Signatures.header("whsec_gone", T, body)), Rejection.SIGNATURE_MISMATCH);
        assertRefused(receive(bytes(EVENT + " "), Signatures.header(SECRET, T, body)), Rejection.SIGNATURE_MISMATCH);
        assertRefused(receive(body, "t=1700000001,v1=" + Signatures.v1(SECRET, T, body)), Rejection.SIGNATURE_MISMATCH);
        assertRefused(receive(body, "t=0" + T + ",v1=" + Signatures.v1(SECRET, T, body)), Rejection.SIGNATURE_MISMATCH);
    }

    @Test
    @DisplayName("C6 accepts a notification of the v2 API, whose time is a text")
    void acceptsNotification() {
        String body = "{\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"created\":\"2026-03-01T10:00:00.250Z\","
                + "\"livemode\":false,\"type\":\"v2.core.account.created\"}";

        assertThat(receive(bytes(body), Signatures.header(SECRET, T, bytes(body))))
                .isEqualTo(new Reception.Accepted(
                        new WebhookGateway.Envelope(
                                "evt_1", "v2.core.account.created", Instant.parse("2026-03-01T10:00:00Z"), false),
                        body));
    }

    @Test
    @DisplayName("refuses everything in a process without a signing secret")
    void refusesWithoutSecrets() {
        byte[] body = bytes(EVENT);
        assertRefused(
                webhooks(List.of()).receive(new WebhookRequest(body, Signatures.header(SECRET, T, body))),
                Rejection.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest(name = "{0} s from now")
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    @DisplayName("C6 accepts a time within the tolerance, past or future")
    void withinTolerance(long seconds) {
        String t = String.valueOf(NOW.getEpochSecond() + seconds);
        assertThat(receive(bytes(EVENT), Signatures.header(SECRET, t, bytes(EVENT))))
                .isInstanceOf(Reception.Accepted.class);
    }

    @ParameterizedTest(name = "{0} s from now")
    @ValueSource(longs = {-301, 301, 86_400, -1_700_000_000, 31_536_000, 98_299_999_999L})
    @DisplayName("C6 refuses a time outside the tolerance, past or future")
    void outsideTolerance(long seconds) {
        String t = String.valueOf(NOW.getEpochSecond() + seconds);
        assertRefused(
                receive(bytes(EVENT), Signatures.header(SECRET, t, bytes(EVENT))),
                Rejection.TIMESTAMP_OUTSIDE_TOLERANCE);
    }

    @Test
    @DisplayName("C6 refuses a body that is too large with 413 before looking at it")
    void refusesLarge() {
        byte[] body = new byte[WebhookRequest.MAX_BODY_BYTES + 1];
        assertRefused(signed(body), Rejection.BODY_TOO_LARGE);
        assertThat(Rejection.BODY_TOO_LARGE.httpStatus()).isEqualTo(413);
        assertRefused(signed(new byte[WebhookRequest.MAX_BODY_BYTES]), Rejection.BODY_MALFORMED);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "null",
                "1",
                "\"evt\"",
                "[]",
                "{}",
                "{",
                "{\"id\": \"evt_1\"",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"created\":1,\"livemode\":false,\"type\":\"a\"}{}",
                "{\"id\":\"evt_1\",\"object\":\"customer\",\"created\":1,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"v2.core.event\",\"created\":\"today\",\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"v2.core.event\",\"created\":1,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":\"2026-01-01T00:00:00Z\",\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":1,\"object\":\"event\",\"created\":1,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"\",\"object\":\"event\",\"created\":1,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\\n1\",\"object\":\"event\",\"created\":1,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":1.5,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":-1,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":99999999999999999999,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":999999999999999,\"livemode\":false,\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":1,\"livemode\":\"false\",\"type\":\"a\"}",
                "{\"id\":\"e\",\"object\":\"event\",\"created\":1,\"livemode\":false}"
            })
    @DisplayName("C6 refuses a signed body that is no event")
    void refusesBodies(String body) {
        assertRefused(signed(bytes(body)), Rejection.BODY_MALFORMED);
    }

    @Test
    @DisplayName("C6 refuses a signed event whose id or type no store could hold")
    void refusesLongNames() {
        assertRefused(signed(bytes(EVENT.replace("evt_1", "e".repeat(256)))), Rejection.BODY_MALFORMED);
        assertRefused(signed(bytes(EVENT.replace("invoice.paid", "t".repeat(129)))), Rejection.BODY_MALFORMED);
        assertThat(signed(bytes(EVENT.replace("evt_1", "e".repeat(255)).replace("invoice.paid", "t".repeat(128)))))
                .isInstanceOf(Reception.Accepted.class);
    }

    @Test
    @DisplayName("C6 refuses a signed body that is not UTF-8, or nested without end")
    void refusesOddBodies() {
        assertRefused(signed(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}), Rejection.BODY_MALFORMED);
        assertRefused(signed(bytes("{\"data\":" + "[".repeat(500_000))), Rejection.BODY_MALFORMED);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20260827, 7919, -42})
    @DisplayName("C6 never fails on random headers and bodies, and accepts only what is proven")
    void fuzz(long seed) {
        Random random = new Random(seed);
        byte[] event = bytes(EVENT);
        String good = Signatures.header(SECRET, T, event);
        for (int round = 0; round < 5_000; round++) {
            String header = mutate(random, good);
            byte[] body = round % 2 == 0 ? event : bytes(mutate(random, EVENT));
            String signature = round % 3 == 0 ? Signatures.header(SECRET, T, body) : header;
            Reception reception = receive(body, signature);
            if (reception instanceof Reception.Accepted) {
                assertThat(signature.toLowerCase(Locale.ROOT))
                        .as("seed %d round %d", seed, round)
                        .contains(Signatures.v1(SECRET, T, body));
            } else {
                assertThat(((Reception.Refused) reception).detail())
                        .as("seed %d round %d", seed, round)
                        .isNotBlank()
                        .doesNotContain("\n");
            }
        }
    }

    private static String mutate(Random random, String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(4); edits > 0 && !mutated.isEmpty(); edits--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, ",=tv10{}[]\"\u0000é\uD800".charAt(random.nextInt(14)));
                case 2 -> mutated.setCharAt(at, (char) random.nextInt(0x250));
                default -> mutated.setLength(at);
            }
        }
        return mutated.toString();
    }
}
