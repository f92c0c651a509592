package dev.billhook.examples.podcast.member;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Remembers in the server's session who is logged in. The browser holds nothing but the session's cookie. */
@Component
public class MemberSession {
    private static final String ATTRIBUTE = "memberId";

    private final Members members;

    MemberSession(Members members) {
        this.members = members;
    }

    /** The member of the request's session. */
    public Optional<Member> current(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .flatMap(session -> Optional.ofNullable(session.getAttribute(ATTRIBUTE)))
                .flatMap(id -> members.find((Long) id));
    }

    void begin(HttpServletRequest request, Member member) {
        HttpSession session = request.getSession();
        // A session id somebody slipped to the browser before the login is worth nothing after it.
        request.changeSessionId();
        session.setAttribute(ATTRIBUTE, member.id());
    }

    void end(HttpServletRequest request) {
        Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
    }
}
