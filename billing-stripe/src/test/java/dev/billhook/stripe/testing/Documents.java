package dev.billhook.stripe.testing;

/** Documents as Stripe writes them in the pinned API version, as small as the adapter can read them. */
public final class Documents {
    private Documents() {}

    public static String customer(String id) {
        return """
                {"id": "%s", "object": "customer", "currency": null, "delinquent": false,
                 "invoice_settings": {"default_payment_method": null}, "metadata": {"billhook_account": "user:42"}}""".formatted(id);
    }

    public static String subscription(String fields) {
        return """
                {"id": "sub_1", "object": "subscription", "customer": "cus_1", "status": "active", "created": 1700000000,
                 "metadata": {"billhook_account": "user:42"},
                 "items": {"object": "list", "has_more": false, "data": [
                   {"id": "si_1", "object": "subscription_item", "quantity": 3,
                    "current_period_start": 1700000000, "current_period_end": 1702592000,
                    "price": {"id": "price_1", "object": "price", "lookup_key": "pro-monthly",
                              "metadata": {"billhook_plan": "pro-monthly"}}}]}%s}""".formatted(fields.isEmpty() ? "" : ", " + fields);
    }

    public static String session(String status) {
        return """
                {"id": "cs_test_1", "object": "checkout.session", "status": "%s", "created": 1700000000,
                 "expires_at": 1700086400, "url": "https://checkout.example/cs_test_1", "subscription": null}""".formatted(status);
    }

    public static String list(String... objects) {
        return """
                {"object": "list", "has_more": false, "data": [%s]}""".formatted(String.join(", ", objects));
    }

    public static String price(String id, String fields) {
        return """
                {"id": "%s", "object": "price"%s}""".formatted(id, fields.isEmpty() ? "" : ", " + fields);
    }

    public static String error(String fields) {
        return """
                {"error": {%s}}""".formatted(fields);
    }
}
