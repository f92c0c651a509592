package dev.billhook.internal.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.support.SupportGateway;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.support.Spend;
import dev.billhook.support.SupportAnswer;
import dev.billhook.support.SupportRequest;
import dev.billhook.support.SupportRow;
import dev.billhook.support.SupportSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A The help desk's questions and what it is answered")
class SupportAnswersTest {
    private static final String SECRET = "a-secret-of-the-help-desk";
    private static final String TOKEN = "a-token-of-another-desk";
    private static final Instant START = Instant.parse("2026-02-03T23:30:00Z");
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private static final String ASKS =
            "{\"ticket\":{\"id\":1},\"customer\":{\"email\":\"Ada@Example.com\",\"emails\":[\"ada@home.example\"]}}";

    private final InMemoryStores stores = InMemoryStores.create(ProviderScope.test());
    private final Gateway gateway = new Gateway();
    private final List<String> lookedUp = new ArrayList<>();
    private final List<SupportRow> rows = new ArrayList<>();
    private boolean hostFails;

    private final DefaultSupportDesk desk = new DefaultSupportDesk(
            Catalog.of(List.of()),
            stores.accounts(),
            gateway,
            new Support(
                    new SupportSettings(
                            List.of("another-secret-before", SECRET), List.of(TOKEN), 30, "ref", Locale.GERMANY),
                    email -> {
                        lookedUp.add(email);
                        return email.startsWith("ada") ? Set.of(ADA) : Set.of();
                    },
                    (email, accounts) -> {
                        if (hostFails) {
                            throw new IllegalStateException("the host's database is down");
                        }
                        return rows;
                    }));

    /** Customers by e-mail address, as a provider knows them. */
    private static final class Gateway implements SupportGateway {
        private final Map<String, Found> customers = new LinkedHashMap<>();
        private List<Spend> spend = List.of();
        private List<Subscription> subscriptions = List.of();
        private final List<String> asked = new ArrayList<>();
        private @Nullable RuntimeException failure;

        @Override
        public List<Found> withEmail(String email, int max) {
            asked.add(email);
            if (failure != null) {
                throw failure;
            }
            return customers.values().stream()
                    .filter(customer -> email.equalsIgnoreCase(customer.email()) && !customer.deleted())
                    .toList();
        }

        @Override
        public Optional<Found> find(String customerId) {
            return Optional.ofNullable(customers.get(customerId));
        }

        @Override
        public List<Subscription> subscriptions(String customerId) {
            return subscriptions;
        }

        @Override
        public List<Spend> spend(String customerId) {
            return spend;
        }
    }

    private void customer(String id, @Nullable String name, String email, @Nullable String account) {
        gateway.customers.put(
                id,
                new SupportGateway.Found(
                        id,
                        name,
                        email,
                        START.plusSeconds(gateway.customers.size()),
                        "DE",
                        "eur",
                        account,
                        Map.of("ref", "friend"),
                        URI.create("https://dashboard.example/test/customers/" + id),
                        false));
    }

    private static String signed(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SupportAnswer ask(String body) {
        return desk.answer(new SupportRequest(body.getBytes(StandardCharsets.UTF_8), signed(body, SECRET), null));
    }

    private String html() {
        SupportAnswer answer = ask(ASKS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).startsWith("{\"html\":\"").endsWith("\"}");
        return answer.json().replace("\\\"", "\"");
    }

    @Test
    @DisplayName("A6 a signature over the very bytes, by any of the secrets, or a token is accepted; nothing else is")
    void credentials() {
        byte[] body = ASKS.getBytes(StandardCharsets.UTF_8);
        String right = signed(ASKS, SECRET);

        assertThat(desk.answer(new SupportRequest(body, right, null)).status()).isEqualTo(200);
        assertThat(desk.answer(new SupportRequest(body, signed(ASKS, "another-secret-before"), null))
                        .status())
                .isEqualTo(200);
        assertThat(desk.answer(new SupportRequest(body, null, TOKEN)).status()).isEqualTo(200);
        List<SupportRequest> wrong = List.of(
                new SupportRequest(body, null, null),
                new SupportRequest(body, "", ""),
                new SupportRequest(body, right.toLowerCase(Locale.ROOT), null),
                new SupportRequest(body, signed(ASKS, "a-secret-of-nobody"), null),
                new SupportRequest((ASKS + " ").getBytes(StandardCharsets.UTF_8), right, null),
                new SupportRequest(body, SECRET, SECRET),
                new SupportRequest(body, null, TOKEN + " "));
        lookedUp.clear();
        assertThat(wrong).allSatisfy(request -> {
            SupportAnswer answer = desk.answer(request);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json()).doesNotContainIgnoringCase("ada").doesNotContain("secret-of");
        });
        assertThat(lookedUp).as("nobody was looked up").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "null",
                "{}",
                "{\"customer\":null}",
                "{\"customer\":{\"email\":null,\"emails\":[]}}",
                "{\"customer\":{\"email\":17}}",
                "{\"customer\":{\"email\":\"no address\"}}",
                "{\"customer\":{\"email\":\"a\\\"b@example.com\"}}",
                "{\"customer\":{\"email\":\"a@b.c"
            })
    @DisplayName("A6 a signed body that names no address is a 400 that quotes nothing")
    void malformed(String body) {
        SupportAnswer answer = ask(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json())
                .isEqualTo(
                        "{\"error\":\"The body must be JSON with the customer's e-mail address in customer.email\"}");
    }

    @Test
    @DisplayName("A6 random and mutilated bodies are never more than a 400")
    void fuzzed() {
        long seed = 17;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] body = ASKS.getBytes(StandardCharsets.UTF_8);
            for (int j = random.nextInt(6); j >= 0; j--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertThat(desk.answer(new SupportRequest(body, null, TOKEN)).status())
                    .isIn(200, 400);
        }
        byte[] large = new byte[SupportRequest.MAX_BODY_BYTES + 1];
        assertThat(desk.answer(new SupportRequest(large, null, TOKEN)).status()).isEqualTo(413);
    }

    @Test
    @DisplayName("A2 customers of the accounts and of all addresses are shown, each once, the newest first")
    void merged() {
        customer("cus_1", "Ada One", "ada@example.com", "user:ada");
        customer("cus_2", "Ada Two", "ADA@HOME.example", null);
        customer("cus_3", "Somebody", "bob@example.com", null);
        stores.accounts()
                .insertIfAbsent(BillingAccount.registered(ADA, AccountProfile.empty(), START)
                        .withCustomer(Customer.ofId("cus_1"), null));

        String html = html();

        assertThat(html).containsSubsequence("Ada Two", "Ada One").doesNotContain("Somebody");
        assertThat(html.split("Ada One", -1)).hasSize(2);
        assertThat(lookedUp).contains("ada@example.com", "ada@home.example");
        assertThat(desk.find("ada@example.com")).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> desk.find("ada"));
    }

    @Test
    @DisplayName(
            "A3 A4 A8 the summary tells who, since when, where from, what for and how much, in each currency's own units")
    void summary() {
        customer("cus_1", null, "ada@example.com", "user:ada");
        gateway.spend = List.of(
                new Spend(Money.of(1_234_50, "eur"), 3, Money.of(100, "eur"), 0),
                new Spend(Money.of(4500, "jpy"), 1, Money.of(0, "jpy"), 0),
                new Spend(Money.of(1250, "kwd"), 1, Money.of(0, "kwd"), 0));
        SubscriptionItem item =
                new SubscriptionItem("si_1", "price_1", PlanKey.of("pro-monthly"), 1, START, START.plusSeconds(86_400));
        gateway.subscriptions = List.of(Subscription.builder("sub_1", SubscriptionStatus.PAST_DUE, START)
                .items(List.of(item))
                .cancelAt(Instant.parse("2026-12-31T00:00:00Z"))
                .build());

        assertThat(html())
                .contains(
                        "href=\"https://dashboard.example/test/customers/cus_1\"",
                        ">ada@example.com</a>",
                        "Customer since:</span> 2026-02-03",
                        "Country:</span> DE",
                        "Currency:</span> EUR",
                        "Referral:</span> friend",
                        "Account:</span> user:ada",
                        "Subscriptions:</span> 1",
                        "pro-monthly <span class=\"badge orange\">past due</span>",
                        "Subscribed since:</span> 2026-02-03",
                        "Ends:</span> 2026-12-31",
                        "1.234,50",
                        " in 3 charges, 1,00",
                        "4.500",
                        "1,250")
                .doesNotContain("45,00", "12,50 ", "badge red");
    }

    @ParameterizedTest
    @CsvSource({"1000, 299, 0, ", "1000, 300, 0, refunds", "1000, 1000, 0, refunds", "1000, 0, 1, dispute", "0, 0, 0, "
    })
    @DisplayName("A7 an unusual share of refunds, and any dispute, is flagged")
    void flagged(long paid, long refunded, long disputes, @Nullable String flag) {
        customer("cus_1", "Ada", "ada@example.com", null);
        gateway.spend = List.of(new Spend(Money.of(paid, "eur"), 1, Money.of(refunded, "eur"), disputes));

        if (flag == null) {
            assertThat(html()).doesNotContain("badge red");
        } else {
            assertThat(html()).contains("<span class=\"badge red\">" + flag + "</span>");
        }
    }

    @Test
    @DisplayName("A5 whatever Stripe or the host say is escaped")
    void escaped() {
        String evil = "<script>alert('x')</script>\"&";
        customer("cus_1", evil, "ada@example.com", null);
        rows.add(new SupportRow(evil, evil));

        String html = html();

        assertThat(html)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;");
        assertThat(html.split("&lt;script&gt;", -1)).hasSize(4);
    }

    @Test
    @DisplayName("A5 the host's rows are shown below, also where nobody is a customer; if they fail the rest is shown")
    void hostsRows() {
        rows.add(new SupportRow("Last login", "yesterday"));
        assertThat(html()).contains("No customer with this address", "Last login:</span> yesterday");

        customer("cus_1", "Ada", "ada@example.com", null);
        hostFails = true;
        assertThat(html()).contains("Ada").doesNotContain("Last login").doesNotContain("database is down");
    }

    @Test
    @DisplayName("A1 where Stripe cannot be reached the agent is told so")
    void away() {
        gateway.failure = ProviderException.of(Category.NETWORK, "no answer", null, null);

        assertThat(html()).contains("cannot be reached").doesNotContain("no answer");
        gateway.failure = new IllegalArgumentException("a currency nobody knows");
        assertThat(html()).contains("cannot be reached").doesNotContain("currency nobody");
    }

    @Test
    @DisplayName("A6 settings tell no secret, and refuse what is too short to be one")
    void settings() {
        assertThat(SupportSettings.signedWith(SECRET)).hasToString("SupportSettings[secrets=1, tokens=0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SupportSettings.withToken("hunter2"))
                .withMessageContaining("openssl rand -hex 20")
                .withMessageNotContaining("hunter2");
        assertThat(new DefaultSupportDesk(Catalog.of(List.of()), stores.accounts(), gateway, Support.NONE)
                        .answer(new SupportRequest(ASKS.getBytes(StandardCharsets.UTF_8), signed(ASKS, SECRET), ""))
                        .status())
                .isEqualTo(401);
    }
}
