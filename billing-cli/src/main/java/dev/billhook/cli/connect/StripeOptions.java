package dev.billhook.cli.connect;

import dev.billhook.ProviderScope;
import dev.billhook.cli.shell.SecretFile;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Stripe account. The key is never an argument: every user of the machine can read those. */
public final class StripeOptions {
    private static final String API_KEY = "STRIPE_API_KEY";

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "File whose only line is the secret or restricted key. Without it: variable " + API_KEY + ".")
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--api-base",
            paramLabel = "URL",
            description = "Another API than Stripe's, e.g. the simulator's. Takes test keys only.")
    private @Nullable URI apiBase;

    @Option(names = "--live", description = "Work with real money; a live key is refused without it.")
    private boolean live;

    /** Whether real money is meant. */
    boolean live() {
        return live;
    }

    /**
     * Speaks to the account the key belongs to.
     *
     * @throws UsageException if there is no key, or it is not of the mode asked for
     */
    public PaymentProvider connect(Shell shell) {
        return connect(shell, live ? ProviderScope.live() : ProviderScope.test());
    }

    /**
     * The same for rows of a scope.
     *
     * @throws UsageException if there is no key, or it is not of the mode asked for
     */
    PaymentProvider connect(Shell shell, ProviderScope scope) {
        String key = apiKeyFile == null
                ? shell.variable(API_KEY)
                        .orElseThrow(() -> new UsageException("No key: set " + API_KEY + " or give --api-key-file"))
                : SecretFile.read(apiKeyFile, "--api-key-file");
        checkMode(key);
        StripeConfig.Builder config =
                StripeConfig.builder().apiKey(key).scope(scope).withoutWebhooks();
        try {
            if (apiBase != null) {
                config.apiBase(apiBase);
            }
            return StripePaymentProvider.of(config.build());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void checkMode(String key) {
        boolean liveKey = key.startsWith("sk_live_") || key.startsWith("rk_live_");
        if (liveKey && apiBase != null) {
            throw new UsageException("A live key goes to Stripe alone; leave out --api-base");
        }
        if (liveKey && !live) {
            throw new UsageException("The key is a live one; add --live if real money is meant");
        }
        if (!liveKey && live) {
            throw new UsageException("The key is not a live one; leave out --live");
        }
    }
}
