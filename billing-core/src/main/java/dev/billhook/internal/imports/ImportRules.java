package dev.billhook.internal.imports;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportRow;
import dev.billhook.imports.ImportStep;
import dev.billhook.mirror.CustomerSnapshot;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a row. Pure. */
final class ImportRules {
    private final Catalog catalog;

    ImportRules(Catalog catalog) {
        this.catalog = catalog;
    }

    /** How a customer is to be looked for. */
    enum Search {
        /** Not at all: the account has one, or nothing tells which. */
        NONE,
        /** By the id the row names. */
        BY_ID,
        /** By the row's verified address. */
        BY_EMAIL
    }

    /** What was found. */
    sealed interface Match {
        /** Nothing. */
        record Nothing() implements Match {}

        /** More than one. */
        record Several() implements Match {}

        /**
         * One.
         *
         * @param owner the account it belongs to here, or null
         */
        record One(CustomerSnapshot customer, @Nullable AccountRef owner) implements Match {}
    }

    /**
     * How things are.
     *
     * @param account the account, if it is registered
     * @param match what the search found
     * @param granted whether the row's grant was given already
     * @param now when a grant would begin (UTC)
     */
    record Facts(Optional<BillingAccount> account, Match match, boolean granted, Instant now) {}

    static Search search(ImportRow row, Optional<BillingAccount> account) {
        if (account.flatMap(BillingAccount::customerId).isPresent()) {
            return Search.NONE;
        }
        if (row.customerId() != null) {
            return Search.BY_ID;
        }
        return row.emailVerified() && row.profile().email() != null ? Search.BY_EMAIL : Search.NONE;
    }

    ImportStep decide(ImportRow row, Facts facts) {
        Optional<String> present = facts.account().flatMap(BillingAccount::customerId);
        String wanted = facts.match() instanceof Match.One one ? one.customer().customerId() : row.customerId();
        Optional<ImportConflict> conflict =
                customerConflict(row, facts, present).or(() -> grantConflict(row, facts));
        if (conflict.isPresent()) {
            return ImportStep.conflict(row, wanted, conflict.get());
        }
        Set<ImportEffect> effects = EnumSet.noneOf(ImportEffect.class);
        if (facts.account().isEmpty()) {
            effects.add(ImportEffect.REGISTERED);
        }
        if (facts.match() instanceof Match.One one && one.owner() == null) {
            effects.add(ImportEffect.LINKED);
        }
        if (row.grant() != null && !facts.granted()) {
            effects.add(ImportEffect.GRANTED);
        }
        return ImportStep.done(row, present.orElse(wanted), effects);
    }

    private static Optional<ImportConflict> customerConflict(ImportRow row, Facts facts, Optional<String> present) {
        if (present.isPresent()) {
            return row.customerId() == null || row.customerId().equals(present.get())
                    ? Optional.empty()
                    : Optional.of(ImportConflict.ACCOUNT_HAS_ANOTHER_CUSTOMER);
        }
        if (facts.match() instanceof Match.Several) {
            return Optional.of(ImportConflict.SEVERAL_CUSTOMERS);
        }
        if (facts.match() instanceof Match.One one) {
            return matchConflict(row, one);
        }
        if (row.customerId() != null) {
            return Optional.of(ImportConflict.CUSTOMER_NOT_FOUND);
        }
        boolean onlyAddress = row.profile().email() != null && !row.emailVerified() && row.grant() == null;
        return onlyAddress ? Optional.of(ImportConflict.EMAIL_NOT_VERIFIED) : Optional.empty();
    }

    private static Optional<ImportConflict> matchConflict(ImportRow row, Match.One one) {
        if (one.customer().customer().deleted()) {
            return Optional.of(ImportConflict.CUSTOMER_DELETED);
        }
        boolean othersHere = one.owner() != null && !one.owner().equals(row.account());
        AccountRef written = one.customer().accountHint();
        boolean othersThere = written != null && !written.equals(row.account());
        return othersHere || othersThere ? Optional.of(ImportConflict.CUSTOMER_OF_ANOTHER_ACCOUNT) : Optional.empty();
    }

    private Optional<ImportConflict> grantConflict(ImportRow row, Facts facts) {
        ImportRow.Given grant = row.grant();
        if (grant == null || facts.granted()) {
            return Optional.empty();
        }
        boolean sold = catalog.findPlan(grant.plan())
                .filter(plan -> plan.units().allows(grant.units()))
                .isPresent();
        if (!sold) {
            return Optional.of(ImportConflict.PLAN_NOT_IN_CATALOG);
        }
        return grant.until() != null && !grant.until().isAfter(facts.now())
                ? Optional.of(ImportConflict.GRANT_OVER)
                : Optional.empty();
    }
}
