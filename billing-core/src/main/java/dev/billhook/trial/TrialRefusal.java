package dev.billhook.trial;

/**
 * Why there is no trial.
 *
 * @since 0.1.0
 */
public enum TrialRefusal {
    /** The plan has none. */
    NO_TRIAL_IN_PLAN,
    /** The account had one. */
    HAD_TRIAL,
    /** The account had a subscription. */
    CAME_BACK,
    /** The e-mail address had one with another account. */
    EMAIL_HAD_TRIAL,
    /** The verified domain had one with another account. */
    DOMAIN_HAD_TRIAL,
    /** A card of the account had one with another account. */
    CARD_HAD_TRIAL
}
