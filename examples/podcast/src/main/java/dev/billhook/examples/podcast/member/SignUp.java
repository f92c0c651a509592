package dev.billhook.examples.podcast.member;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes a member and their billing account in one transaction: there is never one without the other. */
@Service
public class SignUp {
    private final Members members;
    private final Billing billing;
    private final InstantSource clock;

    SignUp(Members members, Billing billing, InstantSource clock) {
        this.members = members;
        this.billing = billing;
        this.clock = clock;
    }

    /** The new member; empty if the address is taken. */
    @Transactional
    public Optional<Member> join(String email, String showTitle) {
        Optional<Member> added = members.add(email, showTitle, clock.instant());
        added.ifPresent(member -> billing.accounts().register(member.account(), AccountProfile.ofEmail(email)));
        return added;
    }
}
