package dev.billhook.stripe.testing;

/** A catalog of one tier, with and without a plan of it that is paid once. */
public final class ProCatalog {
    /** The tier by the month: {@code pro}, 31 USD. */
    public static final String MONTHLY = """
            products: {pro: {name: Pro, tier: 20}}
            plans:
              pro: {product: pro, interval: month, pricing: {flat: {usd: 31}}}
            """;

    /** The same, and for ever: {@code lifetime}, 299 USD. */
    public static final String WITH_LIFETIME =
            MONTHLY + "  lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299}}}\n";

    private ProCatalog() {}
}
