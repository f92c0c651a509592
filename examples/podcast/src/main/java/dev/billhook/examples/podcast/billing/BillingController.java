package dev.billhook.examples.podcast.billing;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.PortalFlow;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.conversion.ConversionException;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.pricing.PlanCards;
import dev.billhook.examples.podcast.web.Dates;
import dev.billhook.subscription.Subscription;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponentsBuilder;

/** Shows and changes the subscription. What concerns cards and invoices happens in the provider's portal. */
@Controller
class BillingController {
    private static final String PAGE = "redirect:/billing";

    private final Billing billing;
    private final Subscriptions subscriptions;
    private final Purchases purchases;
    private final PlanCards cards;

    BillingController(Billing billing, Subscriptions subscriptions, Purchases purchases, PlanCards cards) {
        this.billing = billing;
        this.subscriptions = subscriptions;
        this.purchases = purchases;
        this.cards = cards;
    }

    @GetMapping("/billing")
    String show(Member member, Model model) {
        Optional<BillingAccount> account = billing.accounts().find(member.account());
        PurchaseView owned = purchases.owned(member).orElse(null);
        model.addAttribute("subscription", subscriptions.latest(member, owned).orElse(null));
        model.addAttribute("owned", owned);
        model.addAttribute(
                "card",
                account.flatMap(known -> Optional.ofNullable(known.customer()))
                        .flatMap(customer -> Optional.ofNullable(customer.defaultPaymentMethod()))
                        .orElse(null));
        model.addAttribute(
                "hasPortal", account.flatMap(BillingAccount::customerId).isPresent());
        return "billing";
    }

    @PostMapping("/billing/portal")
    Object portal(
            Member member,
            @RequestParam(defaultValue = "HOME") PortalFlow flow,
            UriComponentsBuilder here,
            RedirectAttributes redirect) {
        URI back = URI.create(here.cloneBuilder().toUriString() + "/billing");
        try {
            RedirectView view = new RedirectView(billing.portal()
                    .open(new PortalRequest(member.account(), back, flow))
                    .toString());
            view.setStatusCode(HttpStatus.SEE_OTHER);
            return view;
        } catch (InvalidStateException nothingThere) {
            redirect.addFlashAttribute("problem", "There is nothing to manage yet. Choose a plan first.");
            return "redirect:/plans";
        }
    }

    @PostMapping("/billing/plan")
    String switchPlan(Member member, @RequestParam String plan, RedirectAttributes redirect) {
        Optional<Plan> target = cards.find(plan);
        if (target.isEmpty()) {
            redirect.addFlashAttribute("problem", "That plan is not for sale any more. Choose another one.");
            return "redirect:/plans";
        }
        try {
            Subscription changed = billing.subscriptions()
                    .changePlan(member.account(), target.get().key());
            String name = target.get().product().name();
            redirect.addFlashAttribute(
                    "done",
                    changed.scheduledChange()
                            .map(later -> "You move to " + name + " on " + Dates.format(later.at()) + ".")
                            .orElse("You are on " + name + " now."));
            return PAGE;
        } catch (ConversionException | InvalidStateException impossible) {
            redirect.addFlashAttribute("problem", "Your subscription cannot be moved to that plan.");
            return "redirect:/plans";
        }
    }

    @PostMapping("/billing/seats")
    String setSeats(Member member, @RequestParam long units, RedirectAttributes redirect) {
        try {
            billing.subscriptions().setUnits(member.account(), units);
            redirect.addFlashAttribute("done", "You have " + units + " seats now.");
        } catch (IllegalArgumentException | InvalidStateException | ConversionException impossible) {
            redirect.addFlashAttribute("problem", "Your plan does not come with " + units + " seats.");
        }
        return PAGE;
    }

    @PostMapping("/billing/stay")
    String withdrawScheduledChange(Member member, RedirectAttributes redirect) {
        billing.subscriptions().withdrawScheduledChange(member.account());
        redirect.addFlashAttribute("done", "Your plan stays as it is.");
        return PAGE;
    }

    @PostMapping("/billing/resume")
    String withdrawCancellation(Member member, RedirectAttributes redirect) {
        try {
            billing.subscriptions().uncancel(member.account());
            redirect.addFlashAttribute("done", "Good to have you: your plan goes on.");
        } catch (InvalidStateException tooLate) {
            redirect.addFlashAttribute("problem", "There is no cancellation to withdraw.");
        }
        return PAGE;
    }
}
