package dev.billhook.cli.catalog;

/** Catalogs the tests work with. */
public final class CatalogFile {
    public static final String PRO_AND_TEAM = """
            products:
              pro: {name: Pro, description: For growing shows, tier: 20}
              team: {name: Team, tier: 30}
            plans:
              pro-monthly:
                product: pro
                interval: month
                pricing: {flat: {usd: 29.00, jpy: 4500}}
              pro-yearly:
                product: pro
                interval: year
                pricing: {flat: {usd: 290.00}}
              team-monthly:
                product: team
                interval: month
                pricing: {per_unit: {usd: 12.00}}
            """;

    static final String PRO_DEARER = PRO_AND_TEAM.replace("usd: 29.00", "usd: 31.00");

    private CatalogFile() {}
}
