package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static dev.billhook.stripe.testing.MirroredShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessState;
import dev.billhook.grant.Grant;
import dev.billhook.imports.AccountImport;
import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.ImportReport;
import dev.billhook.imports.ImportRequest;
import dev.billhook.imports.ImportRow;
import dev.billhook.imports.ImportStep;
import dev.billhook.imports.file.ImportFile;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.MirroredShop;
import dev.billhook.subscription.Subscription;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D9 Users a host had before are imported, linked to their customers, or given access")
class AccountImportTest {
    private static final AccountRef EVE = AccountRef.of("user", "eve");

    @AutoClose
    private final MirroredShop shop = new MirroredShop(UnaryOperator.identity());

    private final AccountImport imports = shop.billing().imports();

    private static ImportRequest request() {
        return ImportRequest.named("users-2027", "ops").pace(Duration.ZERO, Duration.ofMillis(1));
    }

    private ImportReport run(ImportLine... lines) {
        ImportReport report = imports.run(request(), Stream.of(lines), step -> {});
        shop.settle();
        return report;
    }

    private ImportReport dryRun(ImportLine... lines) {
        return imports.dryRun(request(), Stream.of(lines), step -> {});
    }

    /** A customer of the time before, of whom only Stripe knows. */
    private String customer(String email, String... more) {
        String[] form =
                Stream.concat(Stream.of("email=" + email), Stream.of(more)).toArray(String[]::new);
        return shop.post("/v1/customers", form).path("id").textValue();
    }

    private String subscriber(String email) {
        String customer = customer(email, "metadata[team]=blue");
        shop.subscribe(customer);
        return customer;
    }

    private List<Subscription> subscriptions(AccountRef account) {
        return shop.billing().subscriptions().list(account);
    }

    @Test
    @DisplayName(
            "D9 a customer that is named is linked, with its card and subscriptions, at once and in Stripe's metadata")
    void linkedById() {
        String customer = subscriber("ada@example.com");

        ImportReport report = run(ImportRow.of(2, ADA).customer(customer));

        assertThat(report.clean()).isTrue();
        assertThat(report.totals().effects()).isEqualTo(Map.of(ImportEffect.REGISTERED, 1L, ImportEffect.LINKED, 1L));
        assertThat(shop.billing().accounts().get(ADA).customerId()).contains(customer);
        assertThat(shop.billing().accounts().paymentMethod(ADA)).isPresent();
        assertThat(subscriptions(ADA))
                .extracting(Subscription::plans)
                .containsExactly(List.of(PlanKey.of("team-monthly")));
        assertThat(shop.billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE);
        Map<String, String> metadata = Map.of(
                "team",
                        shop.get("/v1/customers/" + customer)
                                .at("/metadata/team")
                                .textValue(),
                "account",
                        shop.get("/v1/customers/" + customer)
                                .at("/metadata/billhook_account")
                                .textValue());
        assertThat(metadata).isEqualTo(Map.of("team", "blue", "account", "user:ada"));
        assertThat(shop.drift().clean()).isTrue();
    }

    @Test
    @DisplayName("D9 a customer is found by a verified address, whatever its case; an address alone proves nothing")
    void linkedByEmail() {
        String ada = subscriber("ada@example.com");
        String bob = subscriber("Bob@Example.com");
        String eve = subscriber("eve@example.com");

        ImportReport report = run(
                ImportRow.of(2, ADA).verifiedEmail("Ada@example.com"),
                ImportRow.of(3, BOB).verifiedEmail("Bob@Example.com"),
                ImportRow.of(4, EVE).profile(AccountProfile.ofEmail("eve@example.com")));

        assertThat(shop.billing().accounts().get(ADA).customerId()).contains(ada);
        assertThat(shop.billing().accounts().get(BOB).customerId()).contains(bob);
        assertThat(shop.billing().accounts().find(EVE)).isEmpty();
        assertThat(shop.get("/v1/customers/" + eve)
                        .at("/metadata/billhook_account")
                        .isMissingNode())
                .isTrue();
        assertThat(report.conflicts())
                .extracting(ImportStep::conflict)
                .containsExactly(ImportConflict.EMAIL_NOT_VERIFIED);
    }

    @Test
    @DisplayName("D9 a dry run tells the same and changes nothing, here or at Stripe")
    void dryRun() {
        String ada = subscriber("ada@example.com");
        ImportRow[] rows = {
            ImportRow.of(2, ADA).customer(ada).grant(ImportRow.Given.of(PlanKey.of("lifetime"))),
            ImportRow.of(3, BOB).customer(ada),
            ImportRow.of(4, ADA).customer(ada),
            ImportRow.of(5, EVE).customer("cus_none"),
            ImportRow.of(6, EVE).verifiedEmail("eve@example.com")
        };
        List<String> before = everything(ada);

        ImportReport told = dryRun(rows);

        assertThat(told.applied()).isFalse();
        assertThat(everything(ada)).isEqualTo(before);
        ImportReport done = run(rows);
        assertThat(done.applied()).isTrue();
        assertThat(done.totals()).isEqualTo(told.totals());
        assertThat(done.conflicts()).isEqualTo(told.conflicts());
        assertThat(done.conflicts())
                .extracting(ImportStep::conflict)
                .containsExactly(ImportConflict.CUSTOMER_OF_ANOTHER_ACCOUNT, ImportConflict.CUSTOMER_NOT_FOUND);
    }

    private List<String> everything(String customer) {
        shop.settle();
        return List.of(
                shop.get("/v1/customers/" + customer).toString(),
                shop.mirror().toString(),
                shop.billing().accounts().find(ADA).toString(),
                shop.billing().accounts().find(BOB).toString(),
                shop.billing().accounts().find(EVE).toString());
    }

    @Test
    @DisplayName("D9 a second run changes nothing and calls nobody for those who are linked")
    void secondRun() {
        String ada = subscriber("ada@example.com");
        ImportRow[] rows = {
            ImportRow.of(2, ADA).customer(ada), ImportRow.of(3, BOB).grant(ImportRow.Given.of(PlanKey.of("lifetime")))
        };
        run(rows);
        List<String> before = everything(ada);
        shop.simulator().refuseNextRequests(1000);

        ImportReport again = imports.run(request(), Stream.of(rows), step -> {});

        shop.simulator().refuseNextRequests(0);
        assertThat(again.totals().unchanged()).isEqualTo(2);
        assertThat(again.totals().effects()).isEmpty();
        assertThat(everything(ada)).isEqualTo(before);
    }

    @Test
    @DisplayName("D9 every conflict is told with its line and account, and without the address")
    void conflicts() {
        String taken = subscriber("taken@example.com");
        String gone = customer("gone@example.com");
        shop.delete("/v1/customers/" + gone);
        customer("twins@example.com");
        customer("twins@example.com");
        String elsewhere = customer("elsewhere@example.com", "metadata[billhook_account]=user:zoe");
        run(ImportRow.of(2, BOB).customer(taken));

        List<ImportStep> told = run(
                        ImportRow.of(2, ADA).customer(taken),
                        ImportRow.of(3, ADA).customer(gone),
                        ImportRow.of(4, ADA).customer("cus_none"),
                        ImportRow.of(5, ADA).verifiedEmail("twins@example.com"),
                        ImportRow.of(6, ADA).verifiedEmail("elsewhere@example.com"),
                        ImportRow.of(7, BOB).customer(elsewhere),
                        ImportRow.of(8, ADA).grant(ImportRow.Given.of(PlanKey.of("platinum"))),
                        new ImportLine.Unreadable(9, "it names no account"))
                .conflicts();

        assertThat(told)
                .extracting(ImportStep::line, ImportStep::conflict)
                .map(String::valueOf)
                .containsExactly(
                        "(2L, CUSTOMER_OF_ANOTHER_ACCOUNT)",
                        "(3L, CUSTOMER_DELETED)",
                        "(4L, CUSTOMER_NOT_FOUND)",
                        "(5L, SEVERAL_CUSTOMERS)",
                        "(6L, CUSTOMER_OF_ANOTHER_ACCOUNT)",
                        "(7L, ACCOUNT_HAS_ANOTHER_CUSTOMER)",
                        "(8L, PLAN_NOT_IN_CATALOG)",
                        "(9L, UNREADABLE)");
        assertThat(told.toString()).doesNotContain("@example.com");
        assertThat(told.get(7)).hasToString("line 9  -  UNREADABLE: it names no account");
        assertThat(shop.billing().accounts().find(ADA)).isEmpty();
    }

    @Test
    @DisplayName("D9 access is given with an end, audited, and taken back access is not given again")
    void granted() {
        Instant end = Instant.parse("2027-06-01T00:00:00Z");
        ImportRow row = ImportRow.of(2, ADA)
                .grant(ImportRow.Given.of(PlanKey.of("lifetime")).until(end));

        run(row);

        Grant grant = shop.billing().grants().list(ADA).get(0);
        assertThat(grant.until()).isEqualTo(end);
        assertThat(grant.audit().by()).isEqualTo("ops");
        assertThat(grant.audit().reason()).isEqualTo("import users-2027");
        assertThat(shop.billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE);
        shop.billing().grants().revoke(ADA, grant.id(), "ops", "by mistake");
        assertThat(run(row).totals().unchanged()).isEqualTo(1);
        assertThat(shop.billing().grants().list(ADA)).hasSize(1);
    }

    @Test
    @DisplayName("D9 who has been a subscriber for years is not welcomed, unless the host wants it told")
    void announced() {
        String ada = subscriber("ada@example.com");
        String bob = subscriber("bob@example.com");
        shop.billing().accounts().register(ADA, AccountProfile.empty());
        List<Integer> before = List.of(shop.kinds(ADA).size(), shop.kinds(BOB).size());

        imports.run(request(), Stream.of(ImportRow.of(2, ADA).customer(ada)), step -> {});
        assertThat(List.of(shop.kinds(ADA).size(), shop.kinds(BOB).size())).isEqualTo(before);
        imports.run(request().announcing(), Stream.of(ImportRow.of(2, BOB).customer(bob)), step -> {});

        assertThat(shop.kinds(BOB)).containsEntry("SubscriptionActivated", 1L);
        shop.settle();
        assertThat(shop.kinds(BOB)).as("once").containsEntry("SubscriptionActivated", 1L);
    }

    @Test
    @DisplayName("D9 an account that is known keeps its profile; a customer's name and address are not touched")
    void profiles() {
        String ada = subscriber("ada@example.com");
        AccountProfile known = new AccountProfile("ada@work.example", "Ada");
        shop.billing().accounts().register(ADA, known);

        run(ImportRow.of(2, ADA)
                .profile(new AccountProfile("other@example.com", "Other"))
                .customer(ada));

        assertThat(shop.billing().accounts().get(ADA).profile()).isEqualTo(known);
        assertThat(shop.get("/v1/customers/" + ada).path("email").textValue()).isEqualTo("ada@example.com");
    }

    @Test
    @DisplayName("D9 a run that died goes on after the line it had done, and tells the counts of both")
    void resumed() {
        List<ImportRow> rows = IntStream.rangeClosed(2, 9)
                .mapToObj(line -> ImportRow.of(line, AccountRef.of("user", "n" + line))
                        .customer(subscriber("n" + line + "@example.com")))
                .toList();
        List<Long> first = new ArrayList<>();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> imports.run(request(), rows.stream(), step -> {
                    first.add(step.line());
                    if (step.line() == 5) {
                        throw new IllegalStateException("the process died");
                    }
                }));

        List<Long> second = new ArrayList<>();
        ImportReport report = imports.run(request(), rows.stream(), step -> second.add(step.line()));

        assertThat(first).containsExactly(2L, 3L, 4L, 5L);
        assertThat(second).containsExactly(6L, 7L, 8L, 9L);
        assertThat(report.resumed()).isTrue();
        assertThat(report.totals().of(ImportEffect.LINKED)).isEqualTo(8);
        assertThat(rows)
                .allSatisfy(row -> assertThat(subscriptions(row.account())).hasSize(1));
        assertThat(imports.run(request(), rows.stream(), step -> {}).resumed()).isFalse();
    }

    @ParameterizedTest(name = "D9 {0} {1}")
    @CsvSource({
        "refused, GET,  /v1/customers",
        "refused, GET,  /v1/subscriptions",
        "refused, POST, /v1/customers/",
        "lost,    POST, /v1/customers/"
    })
    @DisplayName(
            "D9 when Stripe asks for patience, or its answer is lost, the call is repeated and everything is done once")
    void patience(String fault, String method, String path) {
        String ada = subscriber("ada@example.com");
        Fault planned = fault.equals("lost") ? Fault.dropped().afterwards() : Fault.rateLimit();
        shop.simulator().faults().plan(2, planned.forMethod(method).forPath(path));

        ImportReport report = run(ImportRow.of(2, ADA).customer(ada));

        assertThat(report.totals().of(ImportEffect.LINKED)).isEqualTo(1);
        assertThat(subscriptions(ADA)).hasSize(1);
        assertThat(shop.drift().clean()).isTrue();
    }

    @Test
    @DisplayName("D9 two runs at once do the work twice and no harm")
    void atOnce() {
        List<ImportRow> rows = IntStream.rangeClosed(2, 7)
                .mapToObj(line -> ImportRow.of(line, AccountRef.of("user", "n" + line))
                        .customer(subscriber("n" + line + "@example.com"))
                        .grant(ImportRow.Given.of(PlanKey.of("lifetime"))))
                .toList();

        IntStream.range(0, 2).parallel().forEach(run -> imports.run(request(), rows.stream(), step -> {}));

        shop.settle();
        assertThat(rows).allSatisfy(row -> {
            assertThat(shop.billing().accounts().get(row.account()).customerId())
                    .contains(row.customerId());
            assertThat(subscriptions(row.account())).hasSize(1);
            assertThat(shop.billing().grants().list(row.account())).hasSize(1);
        });
        assertThat(shop.told()).noneMatch(event -> event.contains("SubscriptionActivated"));
        assertThat(shop.drift().clean()).isTrue();
    }

    @Test
    @DisplayName("D9 a file is imported; its report has a line for each conflict and the sums")
    void file() {
        String ada = subscriber("ada@example.com");
        String file = """
                account,customer,email,email_verified,plan,until
                user:ada,%s,,,,
                user:bob,,,,lifetime,2027-06-01
                user:eve,,eve@example.com,no,,
                eve,,,,,
                """.formatted(ada);

        String table = imports.run(request(), ImportFile.read(new StringReader(file)), step -> {})
                .toTable();

        assertThat(table).isEqualTo("""
                line 4  user:eve  EMAIL_NOT_VERIFIED: verify the address, name the customer by its id, or leave the address out
                line 5  -  UNREADABLE: An account reference has the form type:id
                4 rows, 0 unchanged, 2 registered, 1 linked, 1 granted, 2 in conflict
                  UNREADABLE: 1
                  EMAIL_NOT_VERIFIED: 1""");
    }

    @Test
    @DisplayName("D9 an import has a name and somebody who does it")
    void named() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImportRequest.named("No good", "ops"));
        assertThatIllegalArgumentException().isThrownBy(() -> ImportRequest.named("good", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> request().pace(Duration.ofSeconds(-1), Duration.ZERO));
    }

    @Test
    @DisplayName("D9 thousands of accounts without customers are imported without a call to Stripe")
    void many() {
        String file = IntStream.range(0, 3000)
                .mapToObj(i -> "user:" + i + ",Name " + i + ",lifetime")
                .collect(Collectors.joining("\n", "account,name,plan\n", "\n"));
        shop.simulator().refuseNextRequests(1);

        ImportReport report = imports.run(request(), ImportFile.read(new StringReader(file)), step -> {});

        assertThat(report.totals().of(ImportEffect.GRANTED)).isEqualTo(3000);
        shop.simulator().refuseNextRequests(0);
    }
}
