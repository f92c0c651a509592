package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionItem;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** A catalog with every shape a conversion meets, and what its conversions lead to. */
final class ConversionFixture {
    static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              studio: {name: Studio, tier: 20}
              api: {name: API, tier: 20}
              team: {name: Team, tier: 30}
              storage: {name: Storage, kind: add-on, on: [pro, studio, team, api]}
              phone: {name: Phone support, kind: add-on}
              calls: {name: Calls, kind: add-on}
              onboarding: {name: Onboarding, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, eur: 27}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              pro-euro: {product: pro, interval: month, pricing: {flat: {eur: 28}}}
              founder-monthly: {product: pro, interval: month, pricing: {flat: {usd: 19}}, limited: {places: 3}}
              pro-lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299}}}
              studio-monthly: {product: studio, interval: month, pricing: {flat: {usd: 31}}}
              api: {product: api, interval: month, pricing: {metered: {meter: requests, amounts: {usd: 0.002}}}}
              team-monthly:
                product: team
                interval: month
                pricing: {per_unit: {usd: 12}}
                units: {minimum: 2, maximum: 100}
                set_up_fee: onboarding
              team-yearly:
                product: team
                interval: year
                pricing: {per_unit: {usd: 120}}
                units: {included: 10, beyond: invoice_now}
              team-fixed:
                product: team
                interval: {every: 6, unit: month}
                pricing: {per_unit: {usd: 60}}
                units: {beyond: refuse}
              storage-yearly-tiers: {product: storage, interval: year, pricing: {volume: {usd: [{up_to: inf, unit: 50}]}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
              phone-monthly: {product: phone, interval: month, pricing: {flat: {usd: 15}}}
              phone-yearly-euro: {product: phone, interval: year, pricing: {flat: {eur: 150}}}
              calls-monthly: {product: calls, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 0.1}}}}
              calls-yearly: {product: calls, interval: year, pricing: {metered: {meter: calls, amounts: {usd: 0.1}}}}
              onboarding: {product: onboarding, interval: once, pricing: {one_time: {usd: 199}}}
            """);
    static final BillingTerms DOLLARS = BillingTerms.in(Currency.getInstance("USD"));

    private ConversionFixture() {}

    static Plan plan(String key) {
        return CATALOG.getPlan(PlanKey.of(key));
    }

    static Optional<Plan> known(SubscriptionItem item) {
        return Optional.ofNullable(item.plan()).flatMap(CATALOG::findPlan);
    }

    static SubscriptionFixture dollars() {
        return SubscriptionFixture.ofId("sub_1").onTerms(DOLLARS);
    }

    /** The subscription with the changes made; fails if a change names a line that is not there. */
    static Subscription after(Subscription current, Conversion conversion) {
        List<SubscriptionItem> items = new ArrayList<>(current.items());
        for (ItemChange change : conversion.changes()) {
            if (change instanceof ItemChange.Replace replace) {
                SubscriptionItem old = take(items, replace.itemId());
                items.add(new SubscriptionItem(
                        old.id(),
                        old.priceId(),
                        replace.plan(),
                        replace.quantity(),
                        old.periodStart(),
                        old.periodEnd()));
            } else if (change instanceof ItemChange.SetQuantity set) {
                items.add(take(items, set.itemId()).withQuantity(set.quantity()));
            } else if (change instanceof ItemChange.Remove remove) {
                take(items, remove.itemId());
            }
        }
        return current.toBuilder().items(items).build();
    }

    private static SubscriptionItem take(List<SubscriptionItem> items, String id) {
        SubscriptionItem found =
                items.stream().filter(item -> item.id().equals(id)).findFirst().orElseThrow();
        items.remove(found);
        return found;
    }
}
