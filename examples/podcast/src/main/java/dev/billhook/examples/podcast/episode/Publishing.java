package dev.billhook.examples.podcast.episode;

import dev.billhook.Billing;
import dev.billhook.catalog.Limit;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.Members;
import java.time.InstantSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes episodes as far as the member's plan goes. Asks for features and limits by name; which plan gives them is the
 * catalog's business.
 */
@Service
public class Publishing {
    /** The feature that lets a member publish. */
    public static final String PUBLISH = "publish";

    /** The feature that lets a member add transcripts. */
    public static final String TRANSCRIPTS = "transcripts";

    /** The limit on the number of episodes. */
    public static final String EPISODES = "episodes";

    private final Billing billing;
    private final Members members;
    private final Episodes episodes;
    private final InstantSource clock;

    Publishing(Billing billing, Members members, Episodes episodes, InstantSource clock) {
        this.billing = billing;
        this.members = members;
        this.episodes = episodes;
        this.clock = clock;
    }

    /**
     * Publishes an episode.
     *
     * @throws dev.billhook.entitlement.AccessDeniedException if the member's access does not allow it now
     * @throws AllowanceUsedUpException if the plan allows no more episodes
     */
    @Transactional
    void publish(Member member, EpisodeForm form) {
        Entitlements access = billing.entitlements().resolve(member.account());
        access.require(PUBLISH);
        if (!form.transcript().isEmpty()) {
            access.require(TRANSCRIPTS);
        }
        // Two requests at once must not both take the last free place.
        members.lock(member.id());
        long published = episodes.count(member.id());
        if (access.remaining(EPISODES, published) == 0) {
            Long allowed = access.limits().getOrDefault(EPISODES, Limit.of(0)).value();
            throw new AllowanceUsedUpException(EPISODES, allowed == null ? published : allowed);
        }
        episodes.add(member.id(), form, clock.instant());
    }
}
