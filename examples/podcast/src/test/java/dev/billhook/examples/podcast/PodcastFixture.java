package dev.billhook.examples.podcast;

import dev.billhook.Billing;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.Members;
import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/**
 * The whole application with its simulator, started once for all tests. Time only goes forward and for everybody, so each
 * test works with members of its own.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // The port is not known beforehand.
        properties = {"billhook.allowed-origins=", "billhook.support.tokens=" + PodcastFixture.DESK_TOKEN})
abstract class PodcastFixture {
    /** What the help desk bears. */
    static final String DESK_TOKEN = "the-token-of-the-desk";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Members members;

    @Autowired
    protected Billing billing;

    @Autowired
    protected StripeSimulator simulator;

    /** A browser nobody is logged in with. */
    protected Visitor visitor() {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
        return new Visitor(mvc);
    }

    /** The browser of somebody who just signed up. */
    protected Visitor member() {
        Visitor visitor = visitor();
        visitor.signUp(newEmail(), "Tea with strangers", "");
        return visitor;
    }

    /** Who is logged in with a browser. */
    protected Member memberOf(Visitor visitor) {
        String settings = visitor.get("/settings").body();
        String email = settings.replaceAll("(?s).*Signed in as ([^<]+)</p>.*", "$1");
        return members.findByEmail(email).orElseThrow();
    }

    /** The browser of somebody who paid for the plan. */
    protected Visitor subscriber(String plan, String... more) {
        Visitor visitor = member();
        buy(visitor, plan, more);
        return visitor;
    }

    /** Pays for the plan and comes back; the form's names and values take turns. */
    protected void buy(Visitor visitor, String plan, String... more) {
        String[] form = new String[more.length + 2];
        form[0] = "plan";
        form[1] = plan;
        System.arraycopy(more, 0, form, 2, more.length);
        pay(visitor.post("/checkout", form).redirect());
        awaitWebhooks();
        visitor.get("/checkout/return");
    }

    protected static String newEmail() {
        return "ada" + NUMBER.incrementAndGet() + "@example.com";
    }

    /** Fills in the hosted payment page; returns where it leads. */
    protected static String pay(String hostedPage) {
        String form = Map.of(
                        "card_number", "4242424242424242",
                        "card_expiry", "12/45",
                        "card_cvc", "123",
                        "card_name", "Ada Lovelace")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(hostedPage))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new AssertionError("The page did not take the card: " + answer.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Lets calendar months pass and waits for the webhooks of that time. */
    protected void advanceMonths(int months) {
        simulator.advance(Period.ofMonths(months));
        awaitWebhooks();
    }

    protected void awaitWebhooks() {
        simulator.awaitDeliveries(PATIENCE);
    }

    /** Waits until all listeners were told all, Billhook's own, which calls Stripe, too. */
    protected void awaitListeners() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean quiet = false;
        while (true) {
            awaitWebhooks();
            billing.runDueWork();
            boolean told = billing.outbox().summary().pending() == 0;
            if (told && quiet) {
                return;
            }
            quiet = told;
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Listeners were not told within " + PATIENCE);
            }
        }
    }
}
