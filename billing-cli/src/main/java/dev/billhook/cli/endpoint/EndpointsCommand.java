package dev.billhook.cli.endpoint;

import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.connect.SecretKeyOption;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.webhook.endpoint.Registration;
import dev.billhook.webhook.endpoint.SecretKeys;
import dev.billhook.webhook.endpoint.SigningSecret;
import dev.billhook.webhook.endpoint.WebhookEndpoint;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.net.URI;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code endpoints …}: the webhook endpoints of environments. */
@Command(
        name = "endpoints",
        description = {
            "Register where Stripe delivers an environment's events to, rotate its signing secret, and remove it.",
            "With a key for secrets the signing secret is kept in the database; without one it is written here, once."
        })
public final class EndpointsCommand {
    private static final String ENVIRONMENT = "Name of the environment, e.g. staging or feature/42.";

    private final Shell shell;

    /** Talks through the shell. */
    public EndpointsCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(description = "Register an environment's address, or bring its endpoint up to date.")
    int register(
            @Mixin BillingOptions options,
            @Mixin SecretKeyOption keys,
            @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = ENVIRONMENT) String environment,
            @Parameters(index = "1", paramLabel = "URL", description = "Address of the application's webhook endpoint.")
                    URI url) {
        SecretKeys read = keys.read(shell);
        return with(options, read, endpoints -> told(environment, endpoints.register(environment, url), read));
    }

    @Command(description = "List the endpoints of all environments, oldest first.")
    int list(@Mixin BillingOptions options) {
        return with(options, SecretKeys.none(), endpoints -> {
            endpoints.list().forEach(endpoint -> shell.say(line(endpoint)));
            return ExitCode.OK;
        });
    }

    @Command(
            description = {
                "Make a second endpoint with another signing secret; both deliver.",
                "Hand both secrets to the application, then call retire."
            })
    int rotate(
            @Mixin BillingOptions options,
            @Mixin SecretKeyOption keys,
            @Parameters(paramLabel = "ENVIRONMENT", description = ENVIRONMENT) String environment) {
        SecretKeys read = keys.read(shell);
        return with(options, read, endpoints -> told(environment, endpoints.rotate(environment), read));
    }

    @Command(description = "Remove all endpoints of an environment but the newest, with their secrets.")
    int retire(
            @Mixin BillingOptions options,
            @Parameters(paramLabel = "ENVIRONMENT", description = ENVIRONMENT) String environment) {
        return with(options, SecretKeys.none(), endpoints -> removed(endpoints.retire(environment)));
    }

    @Command(description = "Remove all endpoints of an environment, with their secrets.")
    int remove(
            @Mixin BillingOptions options,
            @Parameters(paramLabel = "ENVIRONMENT", description = ENVIRONMENT) String environment) {
        return with(options, SecretKeys.none(), endpoints -> removed(endpoints.remove(environment)));
    }

    @Command(description = "Write the signing secrets that are kept for an environment, one a line.")
    int secrets(
            @Mixin BillingOptions options,
            @Mixin SecretKeyOption keys,
            @Parameters(paramLabel = "ENVIRONMENT", description = ENVIRONMENT) String environment) {
        return with(options, keys.read(shell), endpoints -> {
            List<SigningSecret> secrets = endpoints.secrets(environment);
            secrets.forEach(secret -> shell.say(secret.reveal()));
            return secrets.isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
        });
    }

    private int with(BillingOptions options, SecretKeys keys, ToIntFunction<WebhookEndpoints> work) {
        try (BillingOptions.Opened opened = options.open(shell, builder -> builder.secretKeys(keys))) {
            return work.applyAsInt(opened.billing().endpoints());
        } catch (IllegalArgumentException e) {
            throw new UsageException("The endpoint: " + e.getMessage(), e);
        }
    }

    private int told(String environment, Registration registration, SecretKeys keys) {
        shell.say(line(registration.endpoint()));
        if (registration.secret().isEmpty()) {
            shell.say(
                    "Stripe does not tell its signing secret any more, and it is not kept here; if nobody has it, rotate.");
        } else if (keys.isEmpty()) {
            shell.say("signing secret  " + registration.secret().get().reveal());
        } else {
            shell.say("The signing secret is kept: endpoints secrets " + environment);
        }
        return ExitCode.OK;
    }

    private int removed(int count) {
        shell.say(count + (count == 1 ? " endpoint removed." : " endpoints removed."));
        return ExitCode.OK;
    }

    private static String line(WebhookEndpoint endpoint) {
        return String.join(
                "  ",
                endpoint.environment() == null ? "-" : endpoint.environment(),
                endpoint.id(),
                endpoint.url().toString(),
                endpoint.apiVersion() == null ? "account's version" : endpoint.apiVersion(),
                endpoint.eventTypes().size() + " event types",
                endpoint.enabled() ? "enabled" : "disabled");
    }
}
