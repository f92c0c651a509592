package dev.billhook.stripe.internal.webhook;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A well-formed signature header: {@code t=<seconds>} once, {@code v1=<64 hex digits>} at least once, in any order, among
 * elements of other schemes. Source: Stripe, "Verify webhook signatures manually".
 *
 * @param timestampText the signed digits as they came
 * @param timestamp seconds since 1970
 * @param signatures the signatures of scheme v1, 32 bytes each
 */
record SignatureHeader(String timestampText, long timestamp, List<byte[]> signatures) {
    static final int MAX_LENGTH = 4096;
    private static final int MAX_SIGNATURES = 16;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** The header's parts, or empty if it is not of this form. */
    static Optional<SignatureHeader> parse(String header) {
        if (header.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String timestamp = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String element : header.split(",", -1)) {
            int equals = element.indexOf('=');
            if (equals < 0) {
                return Optional.empty();
            }
            String scheme = element.substring(0, equals).strip();
            String value = element.substring(equals + 1).strip();
            if ("t".equals(scheme)) {
                if (timestamp != null || !SECONDS.matcher(value).matches()) {
                    return Optional.empty();
                }
                timestamp = value;
            } else if ("v1".equals(scheme)) {
                if (!SHA256.matcher(value).matches() || signatures.size() == MAX_SIGNATURES) {
                    return Optional.empty();
                }
                signatures.add(HexFormat.of().parseHex(value));
            }
        }
        return timestamp == null || signatures.isEmpty()
                ? Optional.empty()
                : Optional.of(new SignatureHeader(timestamp, Long.parseLong(timestamp), List.copyOf(signatures)));
    }
}
