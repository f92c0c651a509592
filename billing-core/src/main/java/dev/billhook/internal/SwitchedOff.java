package dev.billhook.internal;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.internal.off.Nothing;
import dev.billhook.internal.off.OpenAccess;
import dev.billhook.support.SupportAnswer;
import dev.billhook.support.SupportDesk;
import dev.billhook.trial.TrialDecision;
import dev.billhook.trial.TrialRefusal;
import dev.billhook.trial.TrialService;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.usage.UsageSummary;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookOutcome;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts together a billing that is switched off: it calls nothing, keeps nothing, and everything is allowed. */
public final class SwitchedOff {
    private final InstantSource clock;

    private SwitchedOff(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A billing that is switched off.
     *
     * @param catalog what everybody gets
     */
    public static Billing billing(Catalog catalog, InstantSource clock) {
        SwitchedOff off = new SwitchedOff(clock);
        OpenAccess access = new OpenAccess(catalog);
        Map<String, Function<Object[], Object>> answers = new HashMap<>();
        for (Method part : Billing.class.getMethods()) {
            if (part.getReturnType().isInterface() && !Modifier.isStatic(part.getModifiers())) {
                Object service = Nothing.behind(part.getReturnType(), off.answersOf(part.getReturnType()));
                answers.put(part.getName(), none -> service);
            }
        }
        answers.put("catalog", none -> catalog);
        answers.put("entitlements", none -> access);
        answers.put("switchedOff", none -> true);
        return Nothing.behind(Billing.class, answers);
    }

    /** What services answer that hosts call on ways everybody goes: at logins, on pricing pages, at the webhook endpoint. */
    private Map<String, Function<Object[], Object>> answersOf(Class<?> service) {
        if (service == AccountService.class) {
            return Map.of(
                    "register", given -> account((AccountRef) given[0], (AccountProfile) given[1]),
                    "get", given -> account((AccountRef) given[0], AccountProfile.empty()),
                    "find", given -> Optional.of(account((AccountRef) given[0], AccountProfile.empty())));
        }
        if (service == CheckoutService.class) {
            return Map.of("confirmReturn", given -> Optional.empty());
        }
        if (service == TrialService.class) {
            return Map.of("check", given -> new TrialDecision.Refused(TrialRefusal.NO_TRIAL_IN_PLAN));
        }
        if (service == UsageRecorder.class) {
            return Map.of(
                    "record", given -> false,
                    "recordAll", given -> 0,
                    "summary",
                            given -> new UsageSummary(
                                    (String) given[1], (Instant) given[2], (Instant) given[3], 0, 0, 0));
        }
        if (service == SupportDesk.class) {
            return Map.of("answer", given -> new SupportAnswer(503, "{\"error\":\"Billing is switched off\"}"));
        }
        if (service == WebhookDispatcher.class) {
            return Map.of("dispatch", given -> new WebhookOutcome.SwitchedOff());
        }
        return Map.of();
    }

    /** Every account counts as registered, and nothing is kept of it. */
    private BillingAccount account(AccountRef account, AccountProfile profile) {
        return BillingAccount.registered(account, profile, clock.instant());
    }
}
