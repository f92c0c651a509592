package dev.billhook.examples.podcast.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code member}. */
@Repository
public class Members {
    private static final String INSERT =
            "insert into member (email, show_title, joined_at) values (:email, :title, :joined)";
    private static final String BY_ID = "select id, email, show_title, joined_at from member where id = :id";
    private static final String BY_EMAIL = "select id, email, show_title, joined_at from member where email = :email";
    private static final String RENAME_SHOW = "update member set show_title = :title where id = :id";
    private static final String LOCK = "select id from member where id = :id for update";

    private final JdbcClient jdbc;

    Members(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a member; empty if the address is taken. */
    Optional<Member> add(String email, String showTitle, Instant now) {
        try {
            jdbc.sql(INSERT)
                    .param("email", email)
                    .param("title", showTitle)
                    .param("joined", now.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            return Optional.empty();
        }
        return findByEmail(email);
    }

    /** The member of the id. */
    public Optional<Member> find(long id) {
        return jdbc.sql(BY_ID).param("id", id).query(Members::map).optional();
    }

    /** The member of the address, which is in lower case. */
    public Optional<Member> findByEmail(String email) {
        return jdbc.sql(BY_EMAIL).param("email", email).query(Members::map).optional();
    }

    /** Gives the member's show another title. */
    public void renameShow(long id, String title) {
        jdbc.sql(RENAME_SHOW).param("title", title).param("id", id).update();
    }

    /** Makes other transactions of the member wait for the end of this one. */
    public void lock(long id) {
        jdbc.sql(LOCK).param("id", id).query(Long.class).single();
    }

    private static Member map(ResultSet row, int number) throws SQLException {
        return new Member(
                row.getLong("id"),
                row.getString("email"),
                row.getString("show_title"),
                row.getObject("joined_at", OffsetDateTime.class).toInstant());
    }
}
