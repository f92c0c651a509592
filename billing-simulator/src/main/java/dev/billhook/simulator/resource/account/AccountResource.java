package dev.billhook.simulator.resource.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.resource.ApiKit;
import java.util.Locale;

/** {@code /v1/account}. */
final class AccountResource {
    private static final int LONGEST_DESCRIPTOR = 22;
    private static final String ID = "acct_1Simulator0000001";
    private static final ObjectNode ACCOUNT = Docs.shape("""
        {"id":"","object":"account","business_profile":{"annual_revenue":null,"estimated_worker_count":null,
         "mcc":null,"minority_owned_business_designation":null,"name":"","product_description":null,
         "support_address":null,"support_email":null,"support_phone":null,"support_url":null,"url":null},
         "business_type":null,"capabilities":{"card_payments":"active","transfers":"active"},"charges_enabled":true,
         "controller":{"type":"account"},"country":"US","created":0,"default_currency":"usd",
         "details_submitted":true,"email":"simulator@example.com",
         "external_accounts":{"object":"list","data":[],"has_more":false,"url":""},
         "future_requirements":{"alternatives":[],"current_deadline":null,"currently_due":[],"disabled_reason":null,
         "errors":[],"eventually_due":[],"past_due":[],"pending_verification":[]},"metadata":{},
         "payouts_enabled":true,
         "requirements":{"alternatives":[],"current_deadline":null,"currently_due":[],"disabled_reason":null,
         "errors":[],"eventually_due":[],"past_due":[],"pending_verification":[]},
         "settings":{"bacs_debit_payments":{"display_name":null,"service_user_number":null},
         "branding":{"icon":null,"logo":null,"primary_color":null,"secondary_color":null},
         "card_issuing":{"tos_acceptance":{"date":null,"ip":null}},
         "card_payments":{"decline_on":{"avs_failure":false,"cvc_failure":false},
         "statement_descriptor_prefix":null,"statement_descriptor_prefix_kana":null,
         "statement_descriptor_prefix_kanji":null},"dashboard":{"display_name":"","timezone":"Etc/UTC"},
         "invoices":{"default_account_tax_ids":null,"hosted_payment_method_save":null},
         "payments":{"statement_descriptor":"","statement_descriptor_kana":null,
         "statement_descriptor_kanji":null,"statement_descriptor_prefix_kana":null,
         "statement_descriptor_prefix_kanji":null},
         "payouts":{"debit_negative_balances":true,"schedule":{"delay_days":2,"interval":"daily"},
         "statement_descriptor":null},"sepa_debit_payments":{}},
         "tos_acceptance":{"date":null,"ip":null,"user_agent":null},"type":"standard"}\
        """);

    private final Settings settings;

    AccountResource(ApiKit kit) {
        this.settings = kit.world().simulation().settings();
        kit.router().get("/v1/account", ApiKit.NOTHING, this::account);
    }

    private ObjectNode account(Call call) {
        ObjectNode account = ACCOUNT.deepCopy();
        account.put("id", ID);
        String name = settings.businessName();
        Docs.child(account, "business_profile").put("name", name);
        ObjectNode shown = Docs.child(account, "settings");
        Docs.child(shown, "dashboard").put("display_name", name);
        Docs.child(shown, "payments").put("statement_descriptor", descriptor(name));
        Docs.child(account, "external_accounts").put("url", "/v1/accounts/" + ID + "/external_accounts");
        return account;
    }

    /** The name as it stands on statements of cards: at most 22 characters, without those that are not allowed. */
    private static String descriptor(String name) {
        String allowed =
                name.replaceAll("[<>\\\\'\"*]", "").toUpperCase(Locale.ROOT).trim();
        return allowed.substring(0, Math.min(LONGEST_DESCRIPTOR, allowed.length()));
    }
}
