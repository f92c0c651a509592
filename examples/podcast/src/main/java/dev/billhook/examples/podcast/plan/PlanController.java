package dev.billhook.examples.podcast.plan;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.RefusedException;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.examples.podcast.billing.Purchases;
import dev.billhook.examples.podcast.billing.Subscriptions;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.pricing.LifetimeCards;
import dev.billhook.examples.podcast.pricing.PlanCards;
import dev.billhook.offer.SoldOutException;
import dev.billhook.purchase.PurchaseException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponentsBuilder;

/** Choosing a plan, and the way to Checkout and back. */
@Controller
class PlanController {
    private final Billing billing;
    private final PlanCards cards;
    private final LifetimeCards lifetime;
    private final Subscriptions subscriptions;
    private final Purchases purchases;

    PlanController(
            Billing billing,
            PlanCards cards,
            LifetimeCards lifetime,
            Subscriptions subscriptions,
            Purchases purchases) {
        this.billing = billing;
        this.cards = cards;
        this.lifetime = lifetime;
        this.subscriptions = subscriptions;
        this.purchases = purchases;
    }

    @GetMapping("/plans")
    String choose(
            Member member,
            @RequestParam(required = false) @Nullable String plan,
            @RequestParam(required = false) @Nullable String interval,
            Model model) {
        BillingInterval shown = cards.interval(plan, interval);
        model.addAttribute("intervals", cards.intervals());
        model.addAttribute("interval", shown);
        model.addAttribute("cards", cards.cards(shown));
        model.addAttribute("lifetimeCards", lifetime.cards());
        model.addAttribute("chosen", plan);
        model.addAttribute("subscription", subscriptions.running(member).orElse(null));
        model.addAttribute("owned", purchases.owned(member).orElse(null));
        return "plans";
    }

    @PostMapping("/checkout")
    Object checkOut(
            Member member,
            @RequestParam String plan,
            @RequestParam(required = false) @Nullable Long units,
            UriComponentsBuilder here,
            RedirectAttributes redirect) {
        Optional<Plan> wanted = cards.find(plan);
        if (wanted.isEmpty()) {
            redirect.addFlashAttribute("problem", "That plan is not for sale any more. Choose another one.");
            return "redirect:/plans";
        }
        long amount = units == null ? wanted.get().units().minimum() : units;
        if (!wanted.get().units().allows(amount)) {
            redirect.addFlashAttribute("problem", "That number of seats cannot be bought.");
            redirect.addAttribute("plan", plan);
            return "redirect:/plans";
        }
        CheckoutRequest request = CheckoutRequest.of(
                        member.account(),
                        wanted.get().key(),
                        at(here, "/checkout/return"),
                        at(here, "/checkout/cancelled?plan=" + plan))
                .withUnits(amount);
        try {
            return seeOther(billing.checkout().start(request).url());
        } catch (SoldOutException | PurchaseException refused) {
            redirect.addFlashAttribute("problem", words(refused));
            return "redirect:/plans";
        } catch (InvalidStateException refused) {
            if (subscriptions.running(member).isEmpty()) {
                throw refused;
            }
            redirect.addFlashAttribute("problem", "You have a plan already. Switch it here instead.");
            return "redirect:/billing";
        }
    }

    @GetMapping("/checkout/return")
    String back(Member member, RedirectAttributes redirect) {
        // The webhook may have been here before the browser, or may still be on its way: either way this asks the
        // provider.
        Optional<CheckoutStatus> visit =
                billing.checkout().confirmReturn(member.account()).map(Checkout::status);
        if (visit.equals(Optional.of(CheckoutStatus.COMPLETE))) {
            redirect.addFlashAttribute("done", "Thank you! Your plan is set up.");
            return "redirect:/dashboard";
        }
        if (visit.equals(Optional.of(CheckoutStatus.PENDING))) {
            redirect.addFlashAttribute("done", "Thank you! Your plan is set up once your bank has paid.");
            return "redirect:/plans";
        }
        redirect.addFlashAttribute("problem", "The payment page was left before you paid. Nothing was charged.");
        return "redirect:/plans";
    }

    @GetMapping("/checkout/cancelled")
    String cancelled(Member member, @RequestParam(defaultValue = "") String plan, RedirectAttributes redirect) {
        redirect.addFlashAttribute("done", "No hurry: nothing was charged. Choose a plan when you are ready.");
        redirect.addAttribute("plan", plan);
        return "redirect:/plans";
    }

    private static String words(RefusedException refused) {
        if (refused instanceof SoldOutException soldOut) {
            return soldOut.freeAt().isPresent()
                    ? "The last places are being paid for just now. Try again in half an hour."
                    : "Sorry, the last place has just gone. Nothing was charged.";
        }
        return refused.reason() == PurchaseException.Reason.PAYMENT_PENDING
                ? "Your payment is still on its way. You will read it here once it has come."
                : "No need to buy that: it is yours already, for ever.";
    }

    private static URI at(UriComponentsBuilder here, String path) {
        return URI.create(here.cloneBuilder().toUriString() + path);
    }

    private static RedirectView seeOther(URI url) {
        RedirectView view = new RedirectView(url.toString());
        view.setStatusCode(HttpStatus.SEE_OTHER);
        return view;
    }
}
