package dev.billhook.spring.accounts;

import dev.billhook.spring.BillhookProperties.Account;
import dev.billhook.spring.stripe.BillhookStripeProperties;
import dev.billhook.spring.stripe.StripeConnection;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connection of a further account's properties, which were checked. */
final class AccountConnection implements StripeConnection {
    private final Account account;
    private final BillhookStripeProperties main;

    AccountConnection(Account account, BillhookStripeProperties main) {
        this.account = account;
        this.main = main;
    }

    @Override
    public String apiKey() {
        return Objects.requireNonNull(account.apiKey()).strip();
    }

    @Override
    public List<String> webhookSecrets() {
        return account.webhookSecrets();
    }

    @Override
    public @Nullable URI apiBase() {
        URI own = account.apiBase();
        return own == null ? main.apiBase() : own;
    }
}
