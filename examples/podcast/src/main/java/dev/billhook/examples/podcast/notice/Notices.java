package dev.billhook.examples.podcast.notice;

import dev.billhook.event.BillingEvent;
import dev.billhook.examples.podcast.member.Member;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code notice}. */
@Repository
public class Notices {
    private static final String INSERT =
            "insert into notice (member_id, event_id, text, noted_at) values (:member, :event, :text, :noted)";
    private static final String NEWEST_FIRST = """
            select text, noted_at from notice where member_id = :member
            order by noted_at desc, id desc limit :most
            """;

    private final JdbcClient jdbc;

    Notices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes it unless it was noted before. */
    void add(BillingEvent event, String text) {
        try {
            jdbc.sql(INSERT)
                    .param("member", Member.idOf(event.account()))
                    .param("event", event.id())
                    .param("text", text)
                    .param("noted", event.meta().occurredAt().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException deliveredBefore) {
            // Events come at least once; the first time is enough.
        }
    }

    /** The member's latest notices, newest first. */
    public List<Notice> latest(long memberId, int most) {
        return jdbc.sql(NEWEST_FIRST)
                .param("member", memberId)
                .param("most", most)
                .query((row, number) -> new Notice(
                        row.getString("text"),
                        row.getObject("noted_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
