package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.mirror.Notice;
import dev.billhook.stripe.internal.read.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads summaries of what Stripe itself entitles a customer to. */
public final class EntitlementReader {
    private EntitlementReader() {}

    /** Whether the summary lists only some of the entitlements. */
    public static boolean incomplete(JsonNode summary) {
        return Json.flag(summary.path("entitlements"), "has_more");
    }

    /** The customer of the summary, if it names one. */
    public static Optional<String> customer(JsonNode summary) {
        return Optional.ofNullable(Json.id(summary, "customer"));
    }

    /** The notice, or empty if the summary names no customer. */
    public static Optional<Notice> read(JsonNode summary, Instant createdAt) {
        return customer(summary)
                .map(customer -> read(customer, summary.path("entitlements").path("data"), createdAt));
    }

    /** The notice of a whole list of entitlements. */
    public static Notice read(String customer, Iterable<JsonNode> entitlements, Instant createdAt) {
        return new Notice.Features(
                customer,
                StreamSupport.stream(entitlements.spliterator(), false)
                        .map(entitlement -> Json.requireText(entitlement, "lookup_key"))
                        .sorted()
                        .toList(),
                createdAt);
    }
}
