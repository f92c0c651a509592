package dev.billhook.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed events over many customers: the n-th is of customer {@code n mod customers}, a second later than the last one of that
 * customer, and tells another quantity, so that each changes the mirror and tells a fact. The period ends far ahead, so that
 * none gives or takes access, whenever this is run. Not thread-safe.
 */
final class LoadEvents {
    static final String SECRET = "whsec_load";

    private static final long START = 1_790_900_000L;
    private static final long PERIOD_END = START + 10 * 365 * 86_400L;
    private static final String TEMPLATE = template();

    private final int customers;
    private final Mac mac = mac();

    LoadEvents(int customers) {
        this.customers = customers;
    }

    static String customerId(int customer) {
        return "cus_Load" + customer;
    }

    static String subscriptionId(int customer) {
        return "sub_Load" + customer;
    }

    /** The second of a customer's last event among the first so many. */
    static Instant lastSecond(long events, int customers, int customer) {
        return Instant.ofEpochSecond(START + (events - 1 - customer) / customers);
    }

    /** The event. */
    byte[] body(long number) {
        int customer = (int) (number % customers);
        long visit = number / customers;
        return TEMPLATE.replace("evt_1RBench", "evt_Load" + number)
                .replace("sub_1RBench", subscriptionId(customer))
                .replace("cus_Bench", customerId(customer))
                .replace("si_Bench1", "si_Load" + customer)
                .replace("team:4711", "team:" + customer)
                .replace("\"created\": 1790900000", "\"created\": " + (START + visit))
                .replace("\"current_period_end\": 1793491200", "\"current_period_end\": " + PERIOD_END)
                .replace("\"quantity\": 7", "\"quantity\": " + (7 + visit % 2))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The event as a whole HTTP request. */
    byte[] request(long number) {
        byte[] body = body(number);
        String time = Long.toString(Instant.now().getEpochSecond());
        mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
        String head =
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nStripe-Signature: t="
                        + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)) + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(body, 0, request, headBytes.length, body.length);
        return request;
    }

    static Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String template() {
        try (InputStream input =
                LoadEvents.class.getResourceAsStream("/dev/billhook/benchmarks/subscription-updated.json")) {
            return new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
