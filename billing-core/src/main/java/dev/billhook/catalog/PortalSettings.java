package dev.billhook.catalog;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the provider's Customer Portal offers.
 *
 * @param headline what stands above it, at most 60 characters, or null for the business's name
 * @param privacyPolicy https address, or null
 * @param termsOfService https address, or null
 * @param invoiceHistory whether past invoices are shown
 * @param paymentMethod whether payment methods can be replaced
 * @param customerUpdate what customers can change of themselves; empty for nothing
 * @param cancel how they can cancel
 * @param switching to which plans they can switch by themselves, or null for none
 * @since 0.1.0
 */
public record PortalSettings(
        @Nullable String headline,
        @Nullable URI privacyPolicy,
        @Nullable URI termsOfService,
        boolean invoiceHistory,
        boolean paymentMethod,
        Set<CustomerField> customerUpdate,
        Cancel cancel,
        @Nullable Switching switching) {
    /** Longest headline. */
    public static final int LONGEST_HEADLINE = 60;

    private static final int MOST_PRODUCTS = 10;

    /**
     * Copies the fields.
     *
     * @throws IllegalArgumentException if the headline is too long, or an address is none of https
     */
    public PortalSettings {
        if (headline != null && (headline.isBlank() || headline.length() > LONGEST_HEADLINE)) {
            throw new IllegalArgumentException("A portal's headline has 1 to " + LONGEST_HEADLINE + " characters");
        }
        requireHttps(privacyPolicy);
        requireHttps(termsOfService);
        customerUpdate = Set.copyOf(customerUpdate);
    }

    private static void requireHttps(@Nullable URI address) {
        if (address != null && (!"https".equals(address.getScheme()) || address.getHost() == null)) {
            throw new IllegalArgumentException("'" + address + "' is no https address");
        }
    }

    /** What a customer can change of himself. */
    public enum CustomerField {
        /** The e-mail address invoices go to. */
        EMAIL,
        /** The name on invoices. */
        NAME,
        /** The billing address. */
        ADDRESS,
        /** The telephone number. */
        PHONE,
        /** The address goods are sent to. */
        SHIPPING,
        /** The tax id of a business. */
        TAX_ID
    }

    /**
     * How customers can cancel.
     *
     * @param end when the subscription ends then
     * @param reasons whether they are asked why; never if they cannot cancel
     */
    public record Cancel(End end, boolean reasons) {
        /** Keeps equal what means the same. */
        public Cancel {
            reasons = reasons && end != End.NEVER;
        }
    }

    /** When a subscription ends that a customer cancels. */
    public enum End {
        /** Customers cannot cancel in the portal. */
        NEVER,
        /** With the period that is paid. */
        PERIOD_END,
        /** At once, and nothing is given back. */
        NOW,
        /** At once, and what is left of the period is credited. */
        NOW_PRORATE
    }

    /**
     * How customers can switch.
     *
     * @param plans recurring plans of tiers, of at most ten products, ordered by key
     * @param units whether they can change their units, too
     * @param proration how a switch within a period is charged
     * @param downAtRenewal whether what costs less, or is charged more often, waits for the renewal
     */
    public record Switching(List<PlanKey> plans, boolean units, Proration proration, boolean downAtRenewal) {
        /** Copies the plans and puts them in order, so that equal contents are equal. */
        public Switching {
            plans = plans.stream()
                    .distinct()
                    .sorted(Comparator.comparing(PlanKey::value))
                    .toList();
        }
    }

    /** How a switch within a period is charged. */
    public enum Proration {
        /** Not before the next period. */
        NONE,
        /** The difference is on the next invoice. */
        PRORATE,
        /** The difference is invoiced at once. */
        INVOICE
    }

    /** Why a portal cannot switch between the plans; empty if it can. */
    public static Optional<String> whyNotSwitchable(Collection<Plan> plans) {
        List<String> problems = new ArrayList<>();
        Map<String, Set<BillingInterval>> intervals = new HashMap<>();
        for (Plan plan : plans) {
            if (plan.product().addOn() || !plan.interval().recurring() || plan.pricing() instanceof Pricing.Metered) {
                problems.add("'" + plan.key() + "' is no recurring plan of a tier with a price known in advance");
            } else if (plan.limited() != null) {
                problems.add("'" + plan.key() + "' is limited, and the portal cannot hold places");
            } else if (!intervals
                    .computeIfAbsent(plan.product().key(), product -> new HashSet<>())
                    .add(plan.interval())) {
                problems.add("'" + plan.key() + "' is charged at the interval of another plan of its product");
            }
        }
        if (intervals.size() > MOST_PRODUCTS) {
            problems.add(
                    "these are plans of " + intervals.size() + " products, and there is room for " + MOST_PRODUCTS);
        }
        return problems.stream().findFirst();
    }
}
