package dev.billhook.examples.podcast.dashboard;

import dev.billhook.Billing;
import dev.billhook.catalog.Limit;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.examples.podcast.billing.PurchaseView;
import dev.billhook.examples.podcast.billing.Purchases;
import dev.billhook.examples.podcast.billing.Subscriptions;
import dev.billhook.examples.podcast.episode.Episodes;
import dev.billhook.examples.podcast.episode.Publishing;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.notice.Notices;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Plan, access and news at a glance. */
@Controller
class DashboardController {
    private static final int NEWS = 8;

    private final Billing billing;
    private final Subscriptions subscriptions;
    private final Purchases purchases;
    private final Episodes episodes;
    private final Notices notices;

    DashboardController(
            Billing billing, Subscriptions subscriptions, Purchases purchases, Episodes episodes, Notices notices) {
        this.billing = billing;
        this.subscriptions = subscriptions;
        this.purchases = purchases;
        this.episodes = episodes;
        this.notices = notices;
    }

    @GetMapping("/dashboard")
    String show(Member member, Model model) {
        Entitlements access = billing.entitlements().resolve(member.account());
        if (access.state() == AccessState.NONE) {
            return "redirect:/plans";
        }
        PurchaseView owned = purchases.owned(member).orElse(null);
        model.addAttribute("subscription", subscriptions.latest(member, owned).orElse(null));
        model.addAttribute("owned", owned);
        model.addAttribute("published", episodes.count(member.id()));
        model.addAttribute(
                "allowed",
                access.limits().getOrDefault(Publishing.EPISODES, Limit.of(0)).value());
        model.addAttribute("mayPublish", access.allows(Publishing.PUBLISH));
        model.addAttribute("prioritySupport", access.allows("priority-support"));
        model.addAttribute("notices", notices.latest(member.id(), NEWS));
        return "dashboard";
    }
}
