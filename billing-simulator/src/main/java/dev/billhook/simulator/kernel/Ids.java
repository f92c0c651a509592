package dev.billhook.simulator.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes identifiers that look like Stripe's and knows which object an identifier names. Not thread-safe. */
public final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("cus", "customer"),
            Map.entry("prod", "product"),
            Map.entry("price", "price"),
            Map.entry("plan", "price"),
            Map.entry("pm", "payment_method"),
            Map.entry("card", "payment_method"),
            Map.entry("seti", "setup_intent"),
            Map.entry("pi", "payment_intent"),
            Map.entry("ch", "charge"),
            Map.entry("txn", "balance_transaction"),
            Map.entry("re", "refund"),
            Map.entry("du", "dispute"),
            Map.entry("cn", "credit_note"),
            Map.entry("cbtxn", "customer_balance_transaction"),
            Map.entry("cs", "checkout.session"),
            Map.entry("bpc", "billing_portal.configuration"),
            Map.entry("bps", "billing_portal.session"),
            Map.entry("sub", "subscription"),
            Map.entry("in", "invoice"),
            Map.entry("ii", "invoiceitem"),
            Map.entry("inpay", "invoice_payment"),
            Map.entry("mtr", "billing.meter"),
            Map.entry("evt", "event"),
            Map.entry("we", "webhook_endpoint"),
            Map.entry("clock", "test_helpers.test_clock"),
            Map.entry("promo", "promotion_code"),
            Map.entry("di", "discount"),
            Map.entry("qt", "quote"),
            Map.entry("feat", "entitlements.feature"),
            Map.entry("txr", "tax_rate"),
            Map.entry("txi", "tax_id"),
            Map.entry("acct", "account"));

    /** Advances by a constant and is then mixed (SplitMix64), so that it can be kept and taken up again. */
    private long state;

    /** Identifiers follow from the seed. */
    public Ids(long seed) {
        this.state = seed;
    }

    /** A new identifier with this prefix, 24 characters of randomness. */
    public String next(String prefix) {
        return prefix + "_" + letters(24);
    }

    /** A new identifier of customers, products and items, which are shorter. */
    public String nextShort(String prefix) {
        return prefix + "_" + letters(14);
    }

    /** Random letters and digits. */
    public String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt((int) Long.remainderUnsigned(random(), ALPHABET.length())));
        }
        return text.toString();
    }

    long state() {
        return state;
    }

    void restore(long saved) {
        state = saved;
    }

    private long random() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The type of object an identifier names, by its prefix; null when it is not an identifier of a stored object. */
    public static @Nullable String typeOf(String id) {
        if (id.startsWith("sub_sched_")) {
            return "subscription_schedule";
        }
        int end = id.indexOf('_');
        return end <= 0 ? null : TYPES.get(id.substring(0, end));
    }
}
