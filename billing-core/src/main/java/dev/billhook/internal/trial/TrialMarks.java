package dev.billhook.internal.trial;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.spi.provider.trial.TrialGateway;
import dev.billhook.spi.store.AccountStore;
import dev.billhook.trial.TrialMark;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.TrialPolicy.Per;
import dev.billhook.trial.VerifiedDomains;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What of an account had a trial with another one, as far as the policy asks. */
public final class TrialMarks {
    private final TrialPolicy policy;
    private final VerifiedDomains domains;
    private final AccountStore accounts;
    private final TrialGateway gateway;

    /** Marks by the policy. */
    public TrialMarks(TrialPolicy policy, VerifiedDomains domains, AccountStore accounts, TrialGateway gateway) {
        this.policy = policy;
        this.domains = domains;
        this.accounts = accounts;
        this.gateway = gateway;
    }

    /** What of the account had a trial elsewhere. */
    Set<Per> hadElsewhere(AccountRef account) {
        Set<TrialMark> marks = policy.looksAround() ? marksOf(account) : Set.of();
        return marks.isEmpty()
                ? Set.of()
                : gateway.markedElsewhere(account, marks).stream()
                        .map(TrialMark::kind)
                        .collect(Collectors.toSet());
    }

    /** Writes down that the account has a trial. */
    void mark(AccountRef account) {
        Set<TrialMark> marks = marksOf(account);
        customerOf(account)
                .filter(customer -> !marks.isEmpty())
                .ifPresent(customer -> gateway.mark(customer, marks, RequestKey.random()));
    }

    private Set<TrialMark> marksOf(AccountRef account) {
        Set<TrialMark> marks = new HashSet<>();
        if (policy.oncePer().contains(Per.EMAIL)) {
            accounts.find(account)
                    .flatMap(known -> Optional.ofNullable(known.profile().email()))
                    .ifPresent(email -> marks.add(TrialMark.ofEmail(email)));
        }
        if (policy.oncePer().contains(Per.DOMAIN)) {
            domains.of(account).ifPresent(domain -> marks.add(TrialMark.ofDomain(domain)));
        }
        if (policy.oncePer().contains(Per.CARD)) {
            customerOf(account)
                    .ifPresent(customer ->
                            gateway.fingerprints(customer).forEach(print -> marks.add(TrialMark.ofCard(print))));
        }
        return marks;
    }

    private Optional<String> customerOf(AccountRef account) {
        return accounts.find(account).flatMap(BillingAccount::customerId);
    }
}
