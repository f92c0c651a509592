package dev.billhook.spring.accounts;

import dev.billhook.ProviderScope;
import dev.billhook.spring.BillhookProperties;
import dev.billhook.spring.BillhookProperties.Account;
import dev.billhook.spring.SetupException;
import dev.billhook.spring.stripe.StripeConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What further accounts cannot be, told before any of them is made. Tells no key and no secret. */
final class AccountChecks {
    private static final String MAIN = "billhook.stripe";

    private final Map<String, String> ownersOfKeys = new HashMap<>();
    private final Map<String, String> ownersOfSecrets = new HashMap<>();

    private AccountChecks() {}

    /** The scope of an account. */
    static ProviderScope scope(String name, Account account, BillhookProperties properties) {
        Boolean own = account.livemode();
        boolean livemode = own == null ? properties.livemode() : own;
        try {
            return new ProviderScope(name, livemode);
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "billhook.accounts." + name + " cannot be an account's name.",
                    "Take 1 to 64 letters, digits, '_' and '-'; write a name with capitals or '_' in brackets, as in"
                            + " billhook.accounts[EU_1].api-key.");
        }
    }

    /**
     * Checks them all.
     *
     * @param main the connection of the main account, if it has one
     * @param takesWebhooks whether secrets are needed
     * @throws SetupException if an account cannot be what it is said to be
     */
    static void check(BillhookProperties properties, List<StripeConnection> main, boolean takesWebhooks) {
        AccountChecks checks = new AccountChecks();
        main.forEach(connection -> {
            checks.claim(checks.ownersOfKeys, connection.apiKey(), MAIN, "api-key");
            connection.webhookSecrets().forEach(secret -> checks.claimSecret(secret, MAIN));
        });
        properties.accounts().forEach((name, account) -> {
            if (account.enabled()) {
                checks.check(name, account, properties, takesWebhooks);
            }
        });
    }

    private void check(String name, Account account, BillhookProperties properties, boolean takesWebhooks) {
        String path = "billhook.accounts." + name;
        if (scope(name, account, properties).equals(properties.scope())) {
            throw new SetupException(
                    path + " has the name of the main account: their rows could not be told apart.",
                    "Give one of the two another name; that of the main account is the property billhook.account.");
        }
        String key = account.apiKey();
        if (key == null || key.isBlank()) {
            throw new SetupException(
                    "Billhook does not know the key of the account '" + name + "': " + path + ".api-key is not set.",
                    "Set it, or " + path + ".enabled=false where this account is not billed.");
        }
        claim(ownersOfKeys, key.strip(), path, "api-key");
        if (takesWebhooks && account.webhookSecrets().isEmpty()) {
            throw new SetupException(
                    "Billhook could not tell the webhooks of the account '" + name + "' from forged ones: " + path
                            + ".webhook-secrets is not set.",
                    "Set it to the signing secret (whsec_…) of the account's webhook endpoint, or set "
                            + "billhook.webhook.enabled=false in an application that takes no webhooks.");
        }
        account.webhookSecrets().forEach(secret -> claimSecret(secret, path));
    }

    private void claimSecret(String secret, String path) {
        claim(ownersOfSecrets, secret, path, "webhook-secrets");
    }

    private void claim(Map<String, String> owners, String value, String path, String property) {
        String owner = owners.putIfAbsent(value, path);
        if (owner != null && !owner.equals(path)) {
            throw new SetupException(
                    owner + "." + property + " and " + path + "." + property + " are the same.",
                    "Every account at Stripe has its own; look which of the two was copied.");
        }
    }
}
