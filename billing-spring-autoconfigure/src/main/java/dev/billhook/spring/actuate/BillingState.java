package dev.billhook.spring.actuate;

import dev.billhook.event.OutboxSummary;
import dev.billhook.reconcile.PastReplay;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the work has got. Holds no personal data.
 *
 * @param switchedOff whether there is nothing to tell, because billing is switched off
 * @param at when this was so (UTC)
 * @param inbox events that came in, by status; statuses without any are 0
 * @param oldestPending when the oldest of those that are to be applied was received (UTC), or null if there is none
 * @param outbox events on their way to listeners
 * @param usage usage on its way to Stripe
 * @param lastReplay the newest replay of Stripe's events, or null before the first
 * @param further the states of the host's further accounts, by the names of their beans
 */
record BillingState(
        boolean switchedOff,
        Instant at,
        Map<InboxStatus, Long> inbox,
        @Nullable Instant oldestPending,
        OutboxSummary outbox,
        UsageOutboxSummary usage,
        @Nullable PastReplay lastReplay,
        Map<String, BillingState> further) {
    BillingState {
        further = new TreeMap<>(further);
        Map<InboxStatus, Long> all = new EnumMap<>(InboxStatus.class);
        for (InboxStatus status : InboxStatus.values()) {
            all.put(status, inbox.getOrDefault(status, 0L));
        }
        inbox = all;
    }

    /** The state of a further account. */
    BillingState of(String account) {
        return Objects.requireNonNull(further.get(account));
    }

    long inbox(InboxStatus status) {
        return inbox.getOrDefault(status, 0L);
    }

    /** How long the oldest event has been waiting to be applied. */
    Duration inboxLag() {
        return since(oldestPending);
    }

    /** How long the first entry of the outbox has been due. */
    Duration outboxLag() {
        return outbox.lag(at);
    }

    /** How long the first usage has been due. */
    Duration usageLag() {
        return usage.lag(at);
    }

    /** How long ago the newest replay was, or null before the first. */
    @Nullable Duration replayAge() {
        return lastReplay == null ? null : since(lastReplay.finishedAt());
    }

    /** For people and programs. */
    Map<String, Object> describe() {
        Map<String, Object> told = new LinkedHashMap<>();
        if (switchedOff) {
            told.put("switchedOff", true);
            return told;
        }
        Map<String, Object> events = new LinkedHashMap<>();
        inbox.forEach((status, count) -> events.put(status.name().toLowerCase(Locale.ROOT), count));
        told.put("inbox", events);
        told.put("inboxLagSeconds", inboxLag().toSeconds());
        told.put("outbox", Map.of("pending", outbox.pending(), "failing", outbox.failing(), "dead", outbox.dead()));
        told.put("outboxLagSeconds", outboxLag().toSeconds());
        told.put("usage", Map.of("pending", usage.pending(), "failing", usage.failing(), "dead", usage.dead()));
        told.put("usageLagSeconds", usageLag().toSeconds());
        if (lastReplay != null) {
            told.put("lastReplay", lastReplay.finishedAt().toString());
            told.put("lastReplayMissed", lastReplay.report().missed());
            told.put("lastReplayComplete", lastReplay.report().complete());
        }
        if (!further.isEmpty()) {
            Map<String, Object> accounts = new LinkedHashMap<>();
            further.forEach((account, state) -> accounts.put(account, state.describe()));
            told.put("accounts", accounts);
        }
        return told;
    }

    private Duration since(@Nullable Instant time) {
        return time == null || time.isAfter(at) ? Duration.ZERO : Duration.between(time, at);
    }
}
