package dev.billhook.examples.podcast.desk;

import dev.billhook.examples.podcast.episode.Episodes;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.Members;
import dev.billhook.support.SupportLookup;
import dev.billhook.support.SupportRow;
import dev.billhook.support.SupportRows;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Billing asks these two for what only we know; the rest it has from Stripe. */
@Configuration
class HelpDesk {
    private final Members members;
    private final Episodes episodes;

    HelpDesk(Members members, Episodes episodes) {
        this.members = members;
        this.episodes = episodes;
    }

    @Bean
    SupportLookup supportLookup() {
        return email ->
                members.findByEmail(email).map(Member::account).map(Set::of).orElse(Set.of());
    }

    @Bean
    SupportRows supportRows() {
        return (email, accounts) ->
                accounts.stream().map(Member::idOf).flatMap(this::rowsOf).toList();
    }

    private Stream<SupportRow> rowsOf(long memberId) {
        return members.find(memberId).stream()
                .flatMap(member -> List.of(
                        new SupportRow("Show", member.showTitle()),
                        new SupportRow(
                                "Joined",
                                member.joinedAt()
                                        .atOffset(ZoneOffset.UTC)
                                        .toLocalDate()
                                        .toString()),
                        new SupportRow("Episodes", Long.toString(episodes.count(memberId))))
                        .stream());
    }
}
