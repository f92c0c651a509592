package dev.billhook.examples.podcast.member;

import dev.billhook.account.AccountRef;
import java.time.Instant;

/**
 * Someone who signed up.
 *
 * @param id our key; billing knows the member by it
 * @param email in lower case
 * @param showTitle the name of their podcast
 * @param joinedAt when they signed up (UTC)
 */
public record Member(long id, String email, String showTitle, Instant joinedAt) {
    private static final String ACCOUNT_TYPE = "member";

    /** The member as billing knows them. */
    public AccountRef account() {
        return AccountRef.of(ACCOUNT_TYPE, Long.toString(id));
    }

    /** The id of the member behind an account of ours. */
    public static long idOf(AccountRef account) {
        if (!account.type().equals(ACCOUNT_TYPE)) {
            throw new IllegalArgumentException(account + " is no member");
        }
        return Long.parseLong(account.id());
    }
}
