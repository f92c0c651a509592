package dev.billhook.benchmarks;

import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the simulator takes for very many subscriptions and how long it takes to list them. Each has a customer, a card,
 * a first invoice that is paid, and the events of all that; everything is made over HTTP, as a client would.
 *
 * <pre>java -Xmx2g -cp … dev.billhook.benchmarks.SimulatorAtScale 100000</pre>
 */
public final class SimulatorAtScale {
    private static final Pattern ID = Pattern.compile("\"id\": \"([^\"]+)\"");
    private static final int ROUNDS = 30;

    private final StripeSimulator simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> customers = new ArrayList<>();
    private final List<String> subscriptions = new ArrayList<>();

    private SimulatorAtScale(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    /** Takes the number of subscriptions, and optionally the number of months to let pass. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int months = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        try (StripeSimulator simulator = StripeSimulator.builder()
                .startAt(Instant.parse("2027-01-01T00:00:00Z"))
                .seed(1)
                .start()) {
            SimulatorAtScale scale = new SimulatorAtScale(simulator);
            long before = used();
            long start = System.nanoTime();
            scale.fill(count);
            tell("made", String.format("%d subscriptions in %d s", count, (System.nanoTime() - start) / 1_000_000_000));
            long after = used();
            tell("memory", String.format("%d MiB, %d bytes a subscription", after >> 20, (after - before) / count));
            scale.lists();
            if (months > 0) {
                start = System.nanoTime();
                simulator.advance(Period.ofMonths(months));
                tell("clock", String.format("%d months in %d ms", months, (System.nanoTime() - start) / 1_000_000));
                tell("memory", String.format("%d MiB", used() >> 20));
            }
        }
    }

    private void fill(int count) throws IOException, InterruptedException {
        String price = id(post(
                "/v1/prices",
                "currency=usd&unit_amount=1000&recurring[interval]=month&product_data[name]=Plan&lookup_key=plan"));
        for (int i = 0; i < count; i++) {
            String customer = id(post(
                    "/v1/customers",
                    "email=user" + i + "@example.com&name=User+" + i + "&metadata[account]=" + i
                            + "&payment_method=pm_card_visa"
                            + "&invoice_settings[default_payment_method]=pm_card_visa"));
            customers.add(customer);
            subscriptions.add(id(post("/v1/subscriptions", "customer=" + customer + "&items[0][price]=" + price)));
        }
    }

    private void lists() throws IOException, InterruptedException {
        get("/v1/prices"); // measuring memory may take longer than a connection is kept, and only a GET is sent again
        int middle = subscriptions.size() / 2;
        String customer = customers.get(middle);
        post("/v1/subscriptions/" + subscriptions.get(middle), "cancel_at_period_end=true");
        delete("/v1/subscriptions/" + subscriptions.get(middle + 1));
        for (String path : List.of(
                "/v1/subscriptions?limit=100",
                "/v1/subscriptions?limit=100&status=active&starting_after=" + subscriptions.get(middle),
                "/v1/subscriptions?limit=100&ending_before=" + subscriptions.get(middle),
                "/v1/subscriptions?customer=" + customer,
                "/v1/subscriptions?status=canceled",
                "/v1/subscriptions?status=past_due",
                "/v1/subscriptions?created[lt]=1000",
                "/v1/subscriptions?collection_method=send_invoice",
                "/v1/invoices?customer=" + customer,
                "/v1/invoices?subscription=" + subscriptions.get(middle),
                "/v1/invoices?status=open",
                "/v1/invoices?due_date[gt]=1",
                "/v1/customers?email=user" + middle + "@example.com",
                "/v1/customers?limit=100&starting_after=" + customer,
                "/v1/charges?customer=" + customer,
                "/v1/payment_intents?customer=" + customer,
                "/v1/events?limit=100",
                "/v1/events?type=customer.subscription.deleted",
                "/v1/events?type=invoice.payment_failed",
                "/v1/events?created[lt]=1000",
                "/v1/customers/search?query=" + escape("email:'user" + middle + "@example.com'"),
                "/v1/customers/search?query=" + escape("metadata['account']:'" + middle + "'"),
                "/v1/customers/search?query=" + escape("name~'user " + middle + "'"),
                "/v1/customers/search?query=" + escape("email~'user" + middle + "' OR created<1000"),
                "/v1/subscriptions/search?query=" + escape("status:'canceled'"),
                "/v1/subscriptions/search?query=" + escape("-status:'active' AND -status:'canceled'"),
                "/v1/subscriptions/search?query=" + escape("metadata['none']:null") + "&limit=100",
                "/v1/invoices/search?query=" + escape("total>5000 AND status:'paid'"),
                "/v1/invoices/search?query=" + escape("subscription:'" + subscriptions.get(middle) + "'"),
                "/v1/prices/search?query=" + escape("lookup_key:'plan'"),
                "/v1/events?types[0]=invoice.voided&types[1]=invoice.payment_failed",
                "/v1/events?delivery_success=false")) {
            ask(path);
        }
    }

    private void ask(String path) throws IOException, InterruptedException {
        long first = System.nanoTime();
        get(path);
        first = System.nanoTime() - first;
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            get(path);
            nanos[round] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        tell(
                path,
                String.format(
                        "first %.1f ms, median %.1f ms, worst %.1f ms",
                        first / 1e6, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private String post(String path, String form) throws IOException, InterruptedException {
        return send(request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .header("Authorization", "Bearer " + simulator.apiKey());
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response.body();
    }

    private static String id(String body) {
        Matcher matcher = ID.matcher(body);
        if (!matcher.find()) {
            throw new IllegalStateException("no id in " + body);
        }
        return matcher.group(1);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void tell(String what, String value) {
        System.out.printf("%-90s %s%n", what, value);
    }
}
