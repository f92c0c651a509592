package dev.billhook.notice;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Of what accounts are told, and how long ahead. Immutable.
 *
 * @param leads by what is told, how long ahead, longest first; without any for what is told when it has happened. What is not
 *     there is not told.
 * @since 0.1.0
 */
public record NoticePolicy(Map<NoticeKind, List<Duration>> leads) {
    /** The longest time ahead. */
    public static final Duration LONGEST_LEAD = Duration.ofDays(90);

    /** Nothing is told. */
    public static final NoticePolicy NONE = new NoticePolicy(Map.of());

    /**
     * Trials that end and access that will be limited three days ahead, closure seven days, yearly renewals fourteen days, cards
     * that expire thirty days, and whatever has happened. Shorter renewals are not told.
     */
    public static final NoticePolicy STANDARD = NONE.with(NoticeKind.TRIAL_ENDING, Duration.ofDays(3))
            .with(NoticeKind.YEARLY_RENEWAL, Duration.ofDays(14))
            .with(NoticeKind.CARD_EXPIRING, Duration.ofDays(30))
            .with(NoticeKind.LIMIT_APPROACHING, Duration.ofDays(3))
            .with(NoticeKind.CLOSURE_APPROACHING, Duration.ofDays(7))
            .with(NoticeKind.LIMITED)
            .with(NoticeKind.RESTORED)
            .with(NoticeKind.CLOSED);

    /**
     * For processes that change accounts and tell nothing, such as a shell: whatever any policy may tell, those that tell it look in
     * time.
     */
    public static final NoticePolicy WATCHFUL = STANDARD.with(NoticeKind.TRIAL_ENDING, LONGEST_LEAD)
            .with(NoticeKind.YEARLY_RENEWAL, LONGEST_LEAD)
            .with(NoticeKind.SHORTER_RENEWAL, LONGEST_LEAD)
            .with(NoticeKind.CARD_EXPIRING, LONGEST_LEAD)
            .with(NoticeKind.LIMIT_APPROACHING, LONGEST_LEAD)
            .with(NoticeKind.CLOSURE_APPROACHING, LONGEST_LEAD);

    /**
     * @throws IllegalArgumentException if a lead is not between a second and {@link #LONGEST_LEAD}, a kind told ahead has none or
     *     another one has some
     */
    public NoticePolicy {
        leads.forEach(NoticePolicy::check);
        leads = Map.copyOf(leads.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> each.getValue().stream()
                                .distinct()
                                .sorted(Comparator.reverseOrder())
                                .toList())));
    }

    /** The same where a kind is told, so long ahead each time. */
    public NoticePolicy with(NoticeKind kind, Duration... ahead) {
        Map<NoticeKind, List<Duration>> changed = new EnumMap<>(NoticeKind.class);
        changed.putAll(leads);
        changed.put(kind, Arrays.asList(ahead));
        return new NoticePolicy(changed);
    }

    /** The same where a kind is not told. */
    public NoticePolicy without(NoticeKind kind) {
        Map<NoticeKind, List<Duration>> changed = new EnumMap<>(NoticeKind.class);
        changed.putAll(leads);
        changed.remove(kind);
        return new NoticePolicy(changed);
    }

    /** Whether the kind is told. */
    public boolean tells(NoticeKind kind) {
        return leads.containsKey(kind);
    }

    /** How long ahead the kind is told, longest first; nothing if it is not. */
    public List<Duration> leadsOf(NoticeKind kind) {
        return leads.getOrDefault(kind, List.of());
    }

    /** The kinds in their order, each with its leads; the same for equal policies in every process. */
    @Override
    public String toString() {
        return new TreeMap<>(leads).toString();
    }

    private static void check(NoticeKind kind, List<Duration> ahead) {
        if (kind.ahead() == ahead.isEmpty()) {
            throw new IllegalArgumentException(
                    kind.ahead()
                            ? kind + " is told ahead: say how long, or leave it out"
                            : kind + " is told when it has happened, and takes no time ahead");
        }
        for (Duration lead : ahead) {
            if (lead.compareTo(Duration.ofSeconds(1)) < 0 || lead.compareTo(LONGEST_LEAD) > 0) {
                throw new IllegalArgumentException(
                        kind + " can be told a second to " + LONGEST_LEAD.toDays() + " days ahead, not " + lead);
            }
        }
    }
}
