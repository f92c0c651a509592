package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run it longer with {@code -Dbillhook.fuzz.connections=100000}, and again with {@code -Dbillhook.seed=…}. */
@DisplayName("D10: whatever bytes come over a connection")
class ListenerFuzzTest {
    private static final long SEED = Long.getLong("billhook.seed", 1L);
    private static final int CONNECTIONS = Integer.getInteger("billhook.fuzz.connections", 1_500);
    private static final List<String> GOOD = List.of(
            "GET /v1/customers?limit=3 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_simulator\r\n\r\n",
            "POST /v1/customers HTTP/1.1\r\nAuthorization: Bearer sk_test_simulator\r\nContent-Length: 6\r\n\r\nname=A",
            "POST /v1/customers HTTP/1.1\r\n"
                    + "Authorization: Bearer sk_test_simulator\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3\r\n"
                    + "nam\r\n"
                    + "3;x=y\r\n"
                    + "e=A\r\n"
                    + "0\r\n"
                    + "Trailer: 1\r\n\r\n",
            "GET http://127.0.0.1/_sim/health HTTP/1.0\r\nConnection: keep-alive\r\nCookie: a=b; c\r\n\r\n",
            "HEAD /dashboard HTTP/1.1\r\nExpect: 100-continue\r\n\r\nGET /dashboard HTTP/1.1\r\n\r\n");
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            " ",
            ":",
            "\0",
            "%",
            "%zz",
            "HTTP/1.1",
            "HTTP/9",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip\r\n",
            "ffffffff\r\n",
            "-1\r\n",
            "0\r\n\r\n",
            "x".repeat(70_000),
            "é\uD83D\uDCB8",
            "../",
            "?",
            "&",
            "=",
            "[",
            "Idempotency-Key: a\r\n",
            "Authorization: Basic !\r\n");

    private final Random random = new Random(SEED);

    @Test
    @DisplayName("the answer is 4xx, or the connection ends; it never hangs and never fails")
    void mutated() throws IOException {
        try (StripeSimulator simulator = StripeSimulator.start();
                RawHttp http = new RawHttp(simulator)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                byte[] sent = mutated(GOOD.get(random.nextInt(GOOD.size())).getBytes(StandardCharsets.UTF_8));
                int status = http.bytes(sent).status();
                assertThat(status)
                        .as("seed %d, connection %d: %s", SEED, i, new String(sent, StandardCharsets.UTF_8))
                        .isBetween(0, 499);
            }
            assertThat(http.bytes(GOOD.get(1).getBytes(StandardCharsets.UTF_8)).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET / HTTP/2.0\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "POST /v1/customers HTTP/1.1\r\nContent-Length: five\r\n\r\n",
                "POST /v1/customers HTTP/1.1\r\nContent-Length: 9\r\n\r\nname",
                "POST /v1/customers HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "POST /v1/customers HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "POST /v1/customers HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
                "GET /%zz HTTP/1.1\r\n\r\n"
            })
    @DisplayName("a request that is malformed or cut short is answered with 400")
    void malformed(String sent) throws IOException {
        try (StripeSimulator simulator = StripeSimulator.start();
                RawHttp http = new RawHttp(simulator)) {
            assertThat(http.bytes(sent.getBytes(StandardCharsets.UTF_8)).status())
                    .isEqualTo(400);
        }
    }

    private byte[] mutated(byte[] good) {
        byte[] bytes = good;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            int at = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, at + random.nextInt(12));
            changed.write(bytes, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> to = bytes.length;
                case 1 ->
                    changed.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
                case 2 -> changed.write(random.nextInt(256));
                case 3 -> changed.write(bytes, 0, at);
                default -> to = Math.min(bytes.length, at + 1);
            }
            changed.write(bytes, to, bytes.length - to);
            bytes = changed.toByteArray();
        }
        return bytes;
    }
}
