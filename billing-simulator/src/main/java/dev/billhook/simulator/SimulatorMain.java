package dev.billhook.simulator;

import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.RetryPolicy;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.seed.AccountSeed;
import dev.billhook.simulator.seed.AccountState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs a simulator from a shell until it is interrupted. */
@Command(
        name = "billing-simulator",
        mixinStandardHelpOptions = true,
        description = "A stateful Stripe on this machine, with a clock one can turn.")
public final class SimulatorMain implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "12111", description = "port to listen on (default ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--api-key", defaultValue = "sk_test_simulator", description = "secret key to announce")
    private String apiKey = "";

    @Option(
            names = "--business-name",
            defaultValue = Settings.DEFAULT_BUSINESS,
            description = "name of the business on pages and invoices (default ${DEFAULT-VALUE})")
    private String businessName = "";

    @Option(names = "--webhook", description = "URL to deliver events to; may be repeated")
    private List<String> webhooks = new ArrayList<>();

    @Option(names = "--webhook-secret", description = "secret to sign deliveries with (default: a new one)")
    private @Nullable String webhookSecret;

    @Option(names = "--clock", description = "simulated time to begin at, ISO-8601 (default: now)")
    private @Nullable Instant clock;

    @Option(names = "--freeze", description = "let time stand still until it is moved")
    private boolean frozen;

    @Option(
            names = "--chaos",
            converter = ChaosOption.class,
            description = "what goes wrong with deliveries, for example drop=0.05,duplicate=0.1,reorder=0.1,seed=7")
    private @Nullable Chaos chaos;

    @Option(
            names = "--accounts",
            split = ",",
            description = "test accounts to make at the start, for example active=3,past_due=1")
    private Map<String, Integer> accounts = new LinkedHashMap<>();

    @Option(names = "--deliver-as", description = "API version whose shapes events are delivered in")
    private @Nullable String deliverAs;

    @Option(names = "--simulated-retries", description = "repeat failed deliveries for three days of simulated time")
    private boolean simulatedRetries;

    @Option(
            names = "--snapshot",
            description = "file to begin with where it exists, and to keep everything in at the end")
    private @Nullable Path snapshot;

    @Spec
    private @Nullable CommandSpec spec;

    /** Reads the options and runs. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SimulatorMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        SimulatorBuilder builder = asTold();
        boolean fresh = true;
        if (snapshot != null && Files.exists(snapshot)) {
            builder.from(snapshot);
            fresh = false;
        }
        try (StripeSimulator simulator = builder.start()) {
            keepAtTheEnd(simulator);
            announce("API        " + simulator.baseUrl());
            announce("API key    " + simulator.apiKey());
            announce("Dashboard  " + simulator.baseUrl() + "/dashboard");
            announce("Control    " + simulator.baseUrl() + "/_sim/health");
            for (String url : webhooks) {
                String secret = webhookSecret == null
                        ? simulator.registerWebhook(url)
                        : simulator.registerWebhook(url, webhookSecret);
                announce("Webhook    " + url + "  secret " + secret);
            }
            if (fresh) {
                makeAccounts(simulator);
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }

    /** What the options say of it, but not what it begins with. */
    private SimulatorBuilder asTold() {
        SimulatorBuilder builder =
                StripeSimulator.builder().port(port).apiKey(apiKey).businessName(businessName);
        if (clock != null) {
            builder.startAt(clock);
        }
        if (!frozen) {
            builder.runningClock();
        }
        if (chaos != null) {
            builder.chaos(chaos);
        }
        if (deliverAs != null) {
            builder.deliverAs(deliverAs);
        }
        if (simulatedRetries) {
            builder.retryPolicy(RetryPolicy.simulated());
        }
        return builder;
    }

    private void makeAccounts(StripeSimulator simulator) {
        accounts.forEach((state, count) -> simulator
                .seed()
                .make(AccountSeed.of(AccountState.of(state)), count)
                .forEach(account -> announce("Account    " + state + "  " + account.customer())));
    }

    /** The program ends by being interrupted, so that only a hook sees it. */
    private void keepAtTheEnd(StripeSimulator simulator) {
        Path file = snapshot;
        if (file != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> simulator.snapshot(file)));
        }
    }

    /** Reads what goes wrong from its text. */
    private static final class ChaosOption implements ITypeConverter<Chaos> {
        @Override
        public Chaos convert(String value) {
            try {
                return Chaos.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private void announce(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }
}
