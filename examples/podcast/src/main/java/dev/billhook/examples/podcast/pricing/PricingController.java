package dev.billhook.examples.podcast.pricing;

import dev.billhook.catalog.BillingInterval;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The landing page with its prices; open to everybody. */
@Controller
class PricingController {
    private final PlanCards cards;
    private final LifetimeCards lifetime;

    PricingController(PlanCards cards, LifetimeCards lifetime) {
        this.cards = cards;
        this.lifetime = lifetime;
    }

    @GetMapping("/")
    String landing(@RequestParam(required = false) @Nullable String interval, Model model) {
        BillingInterval shown = cards.interval(null, interval);
        model.addAttribute("intervals", cards.intervals());
        model.addAttribute("interval", shown);
        model.addAttribute("cards", cards.cards(shown));
        model.addAttribute("lifetimeCards", lifetime.cards());
        return "landing";
    }
}
