package dev.billhook.examples.podcast.web;

import dev.billhook.Billing;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.MemberSession;
import dev.billhook.examples.podcast.simulated.DevelopmentPanel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Puts {@link Page} into every request before its controller runs, so that error pages have it too. */
@Component
class PageInterceptor implements HandlerInterceptor {
    private final MemberSession session;
    private final Billing billing;
    private final InstantSource clock;
    private final DevelopmentPanel panel;

    PageInterceptor(MemberSession session, Billing billing, InstantSource clock, DevelopmentPanel panel) {
        this.session = session;
        this.billing = billing;
        this.clock = clock;
        this.panel = panel;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<Member> member = session.current(request);
        Entitlements access = member.map(viewer -> billing.entitlements().resolve(viewer.account()))
                .orElse(null);
        new Page(member.orElse(null), access, clock.instant(), panel.dashboard().orElse(null)).putInto(request);
        return true;
    }
}
