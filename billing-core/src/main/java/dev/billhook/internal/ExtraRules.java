package dev.billhook.internal;

import dev.billhook.addon.AddOnPolicy;
import dev.billhook.internal.support.Support;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.VerifiedDomains;
import dev.billhook.unit.UnitSource;
import dev.billhook.webhook.endpoint.SecretKeys;
import org.jspecify.annotations.Nullable;

/**
 * What units, trials, add-ons and notices are decided by, and secrets kept under.
 *
 * @param unitSource what the host counts, or null
 * @param trials who gets a trial
 * @param domains which domains are whose
 * @param addOns how add-ons are handled
 * @param notices of what accounts are told by time
 * @param purchases what follows from one-time purchases
 * @param secretKeys what secrets are kept under
 * @param support what a help desk is told
 */
public record ExtraRules(
        @Nullable UnitSource unitSource,
        TrialPolicy trials,
        VerifiedDomains domains,
        AddOnPolicy addOns,
        NoticePolicy notices,
        PurchasePolicy purchases,
        SecretKeys secretKeys,
        Support support) {}
