package dev.billhook.examples.podcast.episode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code episode}. */
@Repository
public class Episodes {
    private static final String INSERT = """
            insert into episode (member_id, title, notes, transcript, published_at)
            values (:member, :title, :notes, :transcript, :published)
            """;
    private static final String NEWEST_FIRST = """
            select id, title, notes, transcript, published_at from episode
            where member_id = :member order by published_at desc, id desc
            """;
    private static final String COUNT = "select count(*) from episode where member_id = :member";

    private final JdbcClient jdbc;

    Episodes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(long memberId, EpisodeForm form, Instant now) {
        jdbc.sql(INSERT)
                .param("member", memberId)
                .param("title", form.title())
                .param("notes", form.notes())
                .param("transcript", form.transcript().isEmpty() ? null : form.transcript())
                .param("published", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** All episodes of the member, newest first. */
    public List<Episode> list(long memberId) {
        return jdbc.sql(NEWEST_FIRST)
                .param("member", memberId)
                .query(Episodes::map)
                .list();
    }

    /** How many episodes the member has. */
    public long count(long memberId) {
        return jdbc.sql(COUNT).param("member", memberId).query(Long.class).single();
    }

    private static Episode map(ResultSet row, int number) throws SQLException {
        return new Episode(
                row.getLong("id"),
                row.getString("title"),
                row.getString("notes"),
                row.getString("transcript"),
                row.getObject("published_at", OffsetDateTime.class).toInstant());
    }
}
