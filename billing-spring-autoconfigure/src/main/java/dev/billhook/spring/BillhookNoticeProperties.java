package dev.billhook.spring;

import dev.billhook.notice.NoticeKind;
import dev.billhook.notice.NoticePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Of what accounts are told by time, and how long ahead. A bean of type NoticePolicy goes first.
 *
 * @param enabled Whether accounts are told anything by time.
 * @param trialEnding How long before a free trial ends; several times if several are listed, not at all if empty.
 * @param yearlyRenewal How long before a plan by the year, or longer, renews.
 * @param shorterRenewal How long before any other plan renews.
 * @param cardExpiring How long before a card that will be charged expires.
 * @param limitApproaching How long before full access is lost.
 * @param closureApproaching How long before an account is closed.
 * @param limited Whether it is told that full access is lost.
 * @param restored Whether it is told that it is back.
 * @param closed Whether it is told that the account is closed.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.notices")
public record BillhookNoticeProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3d") List<Duration> trialEnding,
        @DefaultValue("14d") List<Duration> yearlyRenewal,
        @DefaultValue List<Duration> shorterRenewal,
        @DefaultValue("30d") List<Duration> cardExpiring,
        @DefaultValue("3d") List<Duration> limitApproaching,
        @DefaultValue("7d") List<Duration> closureApproaching,
        @DefaultValue("true") boolean limited,
        @DefaultValue("true") boolean restored,
        @DefaultValue("true") boolean closed) {
    NoticePolicy policy() {
        if (!enabled) {
            return NoticePolicy.NONE;
        }
        Map<NoticeKind, List<Duration>> ahead = Map.of(
                NoticeKind.TRIAL_ENDING, trialEnding,
                NoticeKind.YEARLY_RENEWAL, yearlyRenewal,
                NoticeKind.SHORTER_RENEWAL, shorterRenewal,
                NoticeKind.CARD_EXPIRING, cardExpiring,
                NoticeKind.LIMIT_APPROACHING, limitApproaching,
                NoticeKind.CLOSURE_APPROACHING, closureApproaching);
        Map<NoticeKind, Boolean> happened =
                Map.of(NoticeKind.LIMITED, limited, NoticeKind.RESTORED, restored, NoticeKind.CLOSED, closed);
        return new NoticePolicy(Stream.concat(
                        ahead.entrySet().stream()
                                .filter(each -> !each.getValue().isEmpty()),
                        happened.entrySet().stream()
                                .filter(Map.Entry::getValue)
                                .map(each -> Map.entry(each.getKey(), List.<Duration>of())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
