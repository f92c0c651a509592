package dev.billhook.notice;

/**
 * What an account is told because time passes.
 *
 * @since 0.1.0
 */
public enum NoticeKind {
    /** A free trial ends: {@code TrialEnding}. */
    TRIAL_ENDING(true),
    /** A subscription of a plan by the year, or longer, renews: {@code RenewalUpcoming}. */
    YEARLY_RENEWAL(true),
    /** Any other subscription renews: {@code RenewalUpcoming}. */
    SHORTER_RENEWAL(true),
    /** A card that will be charged expires: {@code CardExpiring}. */
    CARD_EXPIRING(true),
    /** Full access will be lost: {@code AccessLimitApproaching}. */
    LIMIT_APPROACHING(true),
    /** The account will be closed: {@code ClosureApproaching}. */
    CLOSURE_APPROACHING(true),
    /** Full access is lost: {@code AccessLimited}. */
    LIMITED(false),
    /** It is back: {@code AccessRestored}. */
    RESTORED(false),
    /** The account is closed: {@code AccountClosed}. */
    CLOSED(false);

    private final boolean ahead;

    NoticeKind(boolean ahead) {
        this.ahead = ahead;
    }

    /** Whether it is told some time ahead, rather than when it has happened. */
    public boolean ahead() {
        return ahead;
    }
}
