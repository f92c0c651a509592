package dev.billhook.catalog;

import dev.billhook.catalog.file.CatalogReader;

/** A small catalog with every shape of plan; tests read it as they would read a host's file. */
public final class CatalogFixture {
    private static final String YAML = """
            products:
              hobby: {name: Hobby, tier: 10, features: [player], limits: {episodes: 10, storage-gb: 1}}
              pro: {name: Pro, tier: 20, features: [player, transcripts], limits: {episodes: unlimited, storage-gb: 50}}
              team: {name: Team, tier: 30, features: [player, roles], limits: {storage-gb: 40, seats: {per_unit: 1}}}
              api: {name: API, tier: 20, features: [api]}
              storage: {name: More storage, kind: add-on, limits: {storage-gb: {per_unit: 10}}}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9.00}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29.00, eur: 27.00}}, trial: {days: 14}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290.00}}}
              team-monthly:
                product: team
                interval: month
                pricing: {per_unit: {usd: 12.00}}
                units: {minimum: 2, maximum: 100}
              team-yearly: {product: team, interval: year, pricing: {graduated: {usd: [{up_to: inf, unit: 100}]}}}
              api: {product: api, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 0.002}}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 2.00}}}
              pro-lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299.00}}}
            """;

    private CatalogFixture() {}

    /** The catalog. */
    public static Catalog catalog() {
        return CatalogReader.readYaml(YAML);
    }

    /** One of its plans. */
    public static Plan plan(String key) {
        return catalog().getPlan(PlanKey.of(key));
    }
}
