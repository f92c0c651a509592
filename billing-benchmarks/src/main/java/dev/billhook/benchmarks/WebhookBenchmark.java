package dev.billhook.benchmarks;

import dev.billhook.ProviderScope;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Taking in a signed subscription event. The limit is the HMAC of its bytes: nobody can accept it without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WebhookBenchmark {
    private static final String SECRET = "whsec_benchmark";
    private static final Instant NOW = Instant.parse("2026-10-02T00:00:00Z");

    private final Mac mac;
    private final byte[] signed;
    private final WebhookRequest request;
    private final WebhookGateway webhooks;

    /** Signs the event once; the clock stands, so that the signature never grows old. */
    public WebhookBenchmark() {
        byte[] body = event();
        String time = Long.toString(NOW.getEpochSecond());
        byte[] prefix = (time + ".").getBytes(StandardCharsets.US_ASCII);
        signed = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, signed, 0, prefix.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        mac = mac();
        request = new WebhookRequest(body, "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(signed)));
        webhooks = StripePaymentProvider.of(StripeConfig.builder()
                        .apiKey("sk_test_benchmark")
                        .scope(ProviderScope.test())
                        .webhookSecrets(SECRET)
                        .signatureClock(InstantSource.fixed(NOW))
                        .build())
                .webhooks();
    }

    /** The limit. */
    @Benchmark
    public byte[] hmac() {
        return mac.doFinal(signed);
    }

    /** Signature and envelope: what stands between the request and its row in the inbox. */
    @Benchmark
    public WebhookGateway.Reception.Accepted receive() {
        return (WebhookGateway.Reception.Accepted) webhooks.receive(request);
    }

    /** Signature, envelope and the subscription in it. */
    @Benchmark
    public EventContent.State receiveAndRead() {
        return (EventContent.State) webhooks.receiveAndRead(request).content().get();
    }

    private static byte[] event() {
        try (InputStream input = WebhookBenchmark.class.getResourceAsStream("subscription-updated.json")) {
            return Objects.requireNonNull(input).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
