package dev.billhook.trial;

import java.util.Set;

/**
 * Who gets a free trial, and what happens to one that should not have been given.
 *
 * @param oncePer of what a trial is given once
 * @param comebackCustomers whether an account that had a subscription before gets one
 * @param onMisuse what happens if the card that is known only after Checkout has had a trial already
 * @since 0.1.0
 */
public record TrialPolicy(Set<Per> oncePer, boolean comebackCustomers, Misuse onMisuse) {
    /** Copies the set. */
    public TrialPolicy {
        oncePer = Set.copyOf(oncePer);
    }

    /** One per account, none for who comes back. Decided by the mirror; nothing is asked or written at the provider. */
    public static TrialPolicy standard() {
        return new TrialPolicy(Set.of(Per.ACCOUNT), false, Misuse.TELL);
    }

    /** One per account, e-mail address, verified domain and card, none for who comes back; misuse is told. */
    public static TrialPolicy strict() {
        return new TrialPolicy(Set.of(Per.values()), false, Misuse.TELL);
    }

    /** The same with another answer to misuse. */
    public TrialPolicy onMisuse(Misuse answer) {
        return new TrialPolicy(oncePer, comebackCustomers, answer);
    }

    /** The same with another rule for who comes back. */
    public TrialPolicy withComebackCustomers(boolean granted) {
        return new TrialPolicy(oncePer, granted, onMisuse);
    }

    /** Whether anything but the mirror is needed to decide. */
    public boolean looksAround() {
        return oncePer.stream().anyMatch(per -> per != Per.ACCOUNT);
    }

    /** Of what a trial is given once. */
    public enum Per {
        /** The host's account. */
        ACCOUNT,
        /** The e-mail address of the account's profile, however it is written. */
        EMAIL,
        /** The domain the host has verified; see {@link VerifiedDomains}. */
        DOMAIN,
        /** The card, told by the provider's fingerprint of it. */
        CARD
    }

    /** What happens to a trial that should not have been given. It is told in any case. */
    public enum Misuse {
        /** Nothing more. */
        TELL,
        /** It ends and is charged now; if that fails the subscription is cancelled. */
        END_TRIAL,
        /** The subscription is cancelled. */
        CANCEL
    }
}
