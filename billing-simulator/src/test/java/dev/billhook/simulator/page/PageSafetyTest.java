package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.page.Browser.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pages are safe")
final class PageSafetyTest extends StageTest {
    private static final String ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    @Test
    @DisplayName("what requests and forms bring is shown as text on every page")
    void escapes() {
        stage.api.post(
                "/v1/products/" + stage.product, "name=" + ATTACK, "description=" + ATTACK, "metadata[note]=" + ATTACK);
        String customer = stage.api
                .post("/v1/customers", "name=" + ATTACK, "email=jo@example.com", "metadata[x]=" + ATTACK)
                .id();
        String session = stage.subscriptionSession("customer=" + customer, "metadata[x]=" + ATTACK);
        Page checkout = browser.open("/pay/" + session);
        assertHarmless(checkout);
        assertHarmless(checkout.card(VISA)
                .fill("Name on card", ATTACK)
                .fill("CVC", ATTACK)
                .press("Subscribe"));
        browser.open("/pay/" + session).card(VISA).fill("Name on card", ATTACK).press("Subscribe");
        String subscription = stage.api.get("/v1/subscriptions").text("/data/0/id");
        String portal = stage.portal(customer);
        String invoice = stage.api.get("/v1/invoices").text("/data/0/id");
        String event = stage.api.get("/v1/events", "type=customer.created").text("/data/0/id");

        for (String url : List.of(
                "/pay/" + session,
                portal,
                portal + "/payment-method",
                portal + "/customer",
                portal + "/subscriptions/" + subscription + "/cancel",
                "/invoice/" + invoice,
                "/dashboard",
                "/dashboard/customers",
                "/dashboard/customers/" + customer,
                "/dashboard/subscriptions/" + subscription,
                "/dashboard/catalog",
                "/dashboard/catalog/" + stage.product,
                "/dashboard/events/" + event,
                "/dashboard/checkout/" + session)) {
            Page page = browser.open(url);
            assertThat(page.status()).as(url).isEqualTo(200);
            assertHarmless(page);
        }
    }

    @Test
    @DisplayName("an address that would run a script is never a link")
    void refusesScripts() {
        String session = stage.api
                .post(
                        "/v1/checkout/sessions",
                        "mode=subscription",
                        "line_items[0][price]=" + stage.monthly,
                        "line_items[0][quantity]=1",
                        "success_url=https://shop.example/ok",
                        "cancel_url=javascript:alert(1)")
                .id();
        if (!session.isEmpty()) {
            assertThat(browser.open("/pay/" + session).html().select("a[href^=javascript]"))
                    .isEmpty();
        }
        String portal = stage.portal(stage.customer(), "return_url=javascript:alert(1)");
        assertThat(browser.open(portal).html().select("a[href^=javascript]")).isEmpty();
    }

    @Test
    @DisplayName("every page names its language and title, labels its fields, and needs nothing from elsewhere")
    void isAccessible() {
        String customer = stage.customer();
        String subscription = stage.subscribed(customer);
        String portal = stage.portal(customer);
        for (String url : List.of(
                "/pay/" + stage.subscriptionSession(),
                portal,
                portal + "/payment-method",
                portal + "/subscriptions/" + subscription + "/cancel",
                "/dashboard",
                "/dashboard/events")) {
            Page page = browser.open(url);
            assertThat(page.html().select("html").attr("lang")).isEqualTo("en");
            assertThat(page.title()).isNotBlank();
            assertThat(page.html().select("h1")).as(url).hasSize(1);
            assertThat(page.html().select("main")).as(url).hasSize(1);
            assertThat(page.text()).contains("Simulator – no real money");
            assertThat(page.html().select("script, iframe")).as(url).isEmpty();
            for (Element input : page.html().select("input:not([type=hidden]), select, textarea")) {
                boolean labelled =
                        !page.html().select("label[for=" + input.id() + "]").isEmpty()
                                || input.closest("label") != null;
                assertThat(labelled).as("%s on %s", input, url).isTrue();
            }
            for (Element link : page.html().select("link[href], img[src]")) {
                assertThat(link.attr("href") + link.attr("src")).matches("/assets/.*|data:.*");
            }
        }
        Page styles = browser.open("/assets/page.css");
        assertThat(styles.status()).isEqualTo(200);
        assertThat(styles.text()).doesNotContain("url(").doesNotContain("@import");
        assertThat(browser.open("/assets/../secret").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dashboard/clock", "/_sim/reset"})
    @DisplayName("a site elsewhere cannot make a browser change anything")
    void refusesOtherSites(String path) throws Exception {
        HttpRequest foreign = HttpRequest.newBuilder(URI.create(stage.simulator.baseUrl() + path))
                .header("Origin", "https://evil.example")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("by=day"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(foreign, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(stage.simulator.now()).isEqualTo(Stage.START);
        assertThat(stage.api.get("/v1/products").body().path("data")).isNotEmpty();
    }

    @Test
    @DisplayName("whatever is sent to them, pages never fail")
    void survivesNonsense() {
        String customer = stage.customer();
        String subscription = stage.subscribed(customer);
        String portal =
                stage.portal(customer).substring(stage.simulator.baseUrl().length());
        String session = stage.subscriptionSession("line_items[0][adjustable_quantity][enabled]=true");
        List<String> targets = List.of(
                "/pay/" + session,
                "/pay/" + session + "/authenticate",
                portal,
                portal + "/payment-method",
                portal + "/payment-method/authenticate",
                portal + "/payment-method/pm_x/default",
                portal + "/payment-method/pm_x/remove",
                portal + "/customer",
                portal + "/subscriptions/" + subscription + "/confirm",
                portal + "/subscriptions/" + subscription + "/nothing",
                "/invoice/" + stage.api.get("/v1/invoices").text("/data/0/id"),
                "/dashboard/clock",
                "/dashboard/events/%20/resend");
        List<String> fields = List.of(
                "card_number",
                "card_expiry",
                "card_cvc",
                "card_name",
                "email",
                "name",
                "price",
                "quantity",
                "to",
                "back",
                "result",
                "action");
        List<String> values = List.of(
                "",
                " ",
                "4242424242424242",
                "12/34",
                "99/99",
                "0/0",
                "13/2030",
                "00000000000000000000",
                "-1",
                "9999999999999",
                "\u0000",
                "٣٤٥",
                "🎧",
                ATTACK,
                "%",
                "{{ 7 * 7 }}",
                "a".repeat(5_000));
        long seed = 20270131L;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String target = targets.get(random.nextInt(targets.size()));
            Map<String, String> form = new HashMap<>();
            for (String field : fields) {
                if (random.nextBoolean()) {
                    form.put(field, values.get(random.nextInt(values.size())));
                }
            }
            int status = browser.post(target, form).status();
            assertThat(status)
                    .as("seed %d, round %d: %s %s", seed, round, target, form)
                    .isLessThan(500);
        }
    }

    private static void assertHarmless(Page page) {
        assertThat(page.html().select("script, img, [onerror]")).as(page.url()).isEmpty();
    }
}
