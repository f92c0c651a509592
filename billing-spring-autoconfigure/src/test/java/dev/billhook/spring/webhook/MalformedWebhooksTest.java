package dev.billhook.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Tag("spring-boot-4")
@DisplayName("Spring: whatever is sent to the webhook endpoint of a running server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class MalformedWebhooksTest {
    private static final String SECRET = "whsec_of_this_test";
    private static final String EVENT = """
            {"id":"evt_%s","object":"event","type":"%s","created":1770000000,"livemode":%s,"api_version":"2026-07-29.dahlia",
             "data":{"object":{"id":"file_1","object":"file"}}}""";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable ConfigurableApplicationContext application;

    @BeforeAll
    void start() {
        application = SpringApplication.run(
                Host.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.generate-unique-name=true",
                "--billhook.background.enabled=false",
                "--billhook.allowed-origins=https://app.example",
                "--billhook.stripe.api-key=sk_test_of_this_test",
                "--billhook.stripe.webhook-secrets=whsec_old," + SECRET);
    }

    @AfterAll
    void stop() {
        application().close();
    }

    static Stream<Arguments> malformedHeaders() {
        String now = Long.toString(Instant.now().getEpochSecond());
        return Stream.of(
                arguments("no header", null),
                arguments("an empty header", ""),
                arguments("a blank header", "   "),
                arguments("garbage", "garbage"),
                arguments("commas", ",,,,"),
                arguments("equals signs", "===="),
                arguments("t without '='", "t"),
                arguments("t without '=' before a signature", "t,v1=00"),
                arguments("a signature that is no hex", "t=1,v1"),
                arguments("an empty signature", "t=" + now + ",v1="),
                arguments("a time that is no number", "t=abc,v1=00"),
                arguments("a time that is no time", "t=99999999999999999999,v1=00"),
                arguments("a negative time", "t=-1,v1=" + "0".repeat(64)),
                arguments("only a time", "t=" + now),
                arguments("only a signature", "v1=" + "0".repeat(64)),
                arguments("an unknown scheme", "t=" + now + ",v0=" + "0".repeat(64)),
                arguments("a wrong signature", "t=" + now + ",v1=" + "0".repeat(64)),
                arguments("two times", "t=1,t=2,v1=" + "0".repeat(64)),
                arguments("a thousand signatures", "t=" + now + ",v1=00".repeat(1000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeaders")
    @DisplayName(
            "C6 a malformed signature header is answered with 400 and one line; nothing is stored or logged above INFO")
    void malformedHeader(String what, @Nullable String header, CapturedOutput output) throws Exception {
        refused(send(EVENT.formatted("1", "file.created", false).getBytes(StandardCharsets.UTF_8), header), output);
    }

    static Stream<Arguments> malformedBodies() {
        String event = EVENT.formatted("1", "file.created", false);
        Instant now = Instant.now();
        return Stream.of(
                arguments("an empty body", signed("", now)),
                arguments("a body that is no JSON", signed("hello", now)),
                arguments("half an event", signed(event.substring(0, 40), now)),
                arguments("JSON that is no event", signed("{\"object\":\"charge\"}", now)),
                arguments("a list", signed("[]", now)),
                arguments("null", signed("null", now)),
                arguments("a signature of last hour", signed(event, now.minusSeconds(3600))),
                arguments("a signature of tomorrow", signed(event, now.plusSeconds(86_400))),
                arguments("D8 a live event", signed(EVENT.formatted("1", "file.created", true), now)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedBodies")
    @DisplayName("C6 what is signed, but no event of now for us, is answered with 400 and one line; nothing is stored")
    void malformedBody(String what, Signed request, CapturedOutput output) throws Exception {
        refused(send(request.body(), request.header()), output);
    }

    @Test
    @DisplayName("C6 bytes that are no text are answered with 400, signed or not")
    void noText(CapturedOutput output) throws Exception {
        byte[] bytes = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, 0};

        refused(send(bytes, Signed.header(SECRET, bytes, Instant.now())), output);
    }

    @Test
    @DisplayName("C6 a body over 1 MiB is answered with 413")
    void tooLarge(CapturedOutput output) throws Exception {
        assertThat(send(new byte[(1 << 20) + 1], "t=1,v1=00").statusCode()).isEqualTo(413);
        assertThat(output).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    @Test
    @DisplayName("C6 a body over 1 MiB whose length nobody announced is answered with 413")
    void tooLargeInChunks(CapturedOutput output) throws Exception {
        HttpResponse<String> response = send(request("t=1,v1=00", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[(1 << 20) + 1]))));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(stored()).isZero();
        assertThat(output).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    @Test
    @DisplayName("C6 a compressed body is what was signed or it is nothing: nobody unpacks it")
    void compressed(CapturedOutput output) throws Exception {
        byte[] plain = EVENT.formatted("1", "file.created", false).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        for (byte[] whatWasSigned : List.of(plain, packed.toByteArray())) {
            String header = Signed.header(SECRET, whatWasSigned, Instant.now());
            refused(
                    send(request(header, "application/json")
                            .header("Content-Encoding", "gzip")
                            .POST(BodyPublishers.ofByteArray(packed.toByteArray()))),
                    output);
        }
    }

    @Test
    @DisplayName("C6 what says it is a multipart form is taken apart before the endpoint sees it, and refused")
    void multipart(CapturedOutput output) throws Exception {
        Signed event = signed(EVENT.formatted("1", "file.created", false), Instant.now());

        HttpResponse<String> response = send(request(event.header(), "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofByteArray(event.body())));

        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(stored()).isZero();
        assertThat(output).doesNotContain(" ERROR ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/xml; charset=utf-16",
                "application/json; charset=no-such-charset",
                "nonsense"
            })
    @DisplayName("C6 a signed event is taken whatever its content type says, in one piece or in chunks")
    void contentTypes(String contentType) throws Exception {
        try {
            for (String id : List.of("whole", "chunked")) {
                Signed event = signed(EVENT.formatted(id, "file.created", false), Instant.now());
                HttpRequest.BodyPublisher body = id.equals("whole")
                        ? BodyPublishers.ofByteArray(event.body())
                        : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(event.body()));

                assertThat(send(request(event.header(), contentType).POST(body)).statusCode())
                        .isEqualTo(200);
            }
            assertThat(stored()).isEqualTo(2);
        } finally {
            jdbc().update("delete from billing_webhook_event");
        }
    }

    @Test
    @DisplayName("a sender that breaks off in the middle leaves no trace")
    void brokenOff(CapturedOutput output) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /billhook/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"id\":")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                in.readAllBytes();
            }
        }

        assertThat(stored()).isZero();
        assertThat(output).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    @Test
    @DisplayName(
            "C6 a signed event is taken once, under either of two secrets; its second delivery is a duplicate, not an error")
    void wellFormed() throws Exception {
        try {
            Signed event = signed(EVENT.formatted("good", "file.created", false), Instant.now());

            assertThat(send(event.body(), event.header()).statusCode()).isEqualTo(200);
            assertThat(send(event.body(), event.header()).statusCode()).isEqualTo(200);
            assertThat(stored()).isEqualTo(1);
        } finally {
            jdbc().update("delete from billing_webhook_event");
        }
    }

    private void refused(HttpResponse<String> response, CapturedOutput output) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(response.body()).isNotBlank().hasLineCount(1).doesNotContain("Exception", SECRET);
        assertThat(stored()).isZero();
        assertThat(output)
                .contains("Webhook request refused")
                .doesNotContain(" WARN ")
                .doesNotContain(" ERROR ")
                .doesNotContain("Exception");
    }

    private HttpResponse<String> send(byte[] body, @Nullable String signature)
            throws IOException, InterruptedException {
        return send(request(signature, "application/json; charset=utf-8").POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(@Nullable String signature, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port() + "/billhook/webhook"))
                .header("Content-Type", contentType);
        return signature == null ? request : request.header("Stripe-Signature", signature);
    }

    private static Signed signed(String body, Instant at) {
        return Signed.of(SECRET, body, at);
    }

    private int port() {
        return application().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private int stored() {
        Integer events = jdbc().queryForObject("select count(*) from billing_webhook_event", Integer.class);
        return events == null ? 0 : events;
    }

    private JdbcTemplate jdbc() {
        return application().getBean(JdbcTemplate.class);
    }

    private ConfigurableApplicationContext application() {
        return Objects.requireNonNull(application);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {}
}
