package dev.billhook.internal.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.catalog.PlanKey;
import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportRow;
import dev.billhook.imports.ImportStep;
import dev.billhook.internal.imports.ImportRules.Facts;
import dev.billhook.internal.imports.ImportRules.Match;
import dev.billhook.internal.imports.ImportRules.Search;
import dev.billhook.mirror.CustomerSnapshot;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D9 What becomes of an imported row")
class ImportRulesTest {
    private static final Instant NOW = Instant.parse("2027-01-10T10:00:00Z");
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private static final AccountRef BOB = AccountRef.of("user", "bob");

    private final ImportRules rules = new ImportRules(CatalogFixture.catalog());

    @ParameterizedTest(name = "D9 {0}, row says {1}, {2} found: {3}")
    @CsvSource({
        "unknown,      nothing,    nothing,   [REGISTERED]",
        "unknown,      customer,   free,      '[REGISTERED, LINKED]'",
        "unknown,      customer,   ours,      '[REGISTERED, LINKED]'",
        "unknown,      customer,   nothing,   CUSTOMER_NOT_FOUND",
        "unknown,      customer,   deleted,   CUSTOMER_DELETED",
        "unknown,      customer,   here,      CUSTOMER_OF_ANOTHER_ACCOUNT",
        "unknown,      customer,   there,     CUSTOMER_OF_ANOTHER_ACCOUNT",
        "unknown,      verified,   free,      '[REGISTERED, LINKED]'",
        "unknown,      verified,   nothing,   [REGISTERED]",
        "unknown,      verified,   several,   SEVERAL_CUSTOMERS",
        "unknown,      verified,   here,      CUSTOMER_OF_ANOTHER_ACCOUNT",
        "unknown,      address,    nothing,   EMAIL_NOT_VERIFIED",
        "registered,   nothing,    nothing,   []",
        "registered,   customer,   free,      [LINKED]",
        "registered,   address,    nothing,   EMAIL_NOT_VERIFIED",
        "former,       customer,   free,      [LINKED]",
        "former,       customer,   own,       []",
        "linked,       nothing,    nothing,   []",
        "linked,       customer,   nothing,   []",
        "linked,       verified,   nothing,   []",
        "linked,       address,    nothing,   []",
        "linked-other, customer,   nothing,   ACCOUNT_HAS_ANOTHER_CUSTOMER"
    })
    @DisplayName("D9 a customer is linked when it is certain whose it is, and else the row is in conflict")
    void customers(String account, String row, String found, String expected) {
        Facts facts = new Facts(account(account), match(found), false, NOW);

        ImportStep step = rules.decide(row(row), facts);

        assertThat(
                        step.conflict() == null
                                ? step.effects().toString()
                                : step.conflict().name())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "D9 {0} x {1} until {2}, given before {3}: {4}")
    @CsvSource({
        "pro-monthly,  1, ,                     false, [GRANTED]",
        "pro-monthly,  1, 2027-06-01T00:00:00Z, false, [GRANTED]",
        "pro-monthly,  1, ,                     true,  []",
        "pro-monthly,  1, 2027-01-10T10:00:00Z, false, GRANT_OVER",
        "pro-monthly,  1, 2027-01-10T10:00:00Z, true,  []",
        "pro-monthly,  2, ,                     false, PLAN_NOT_IN_CATALOG",
        "team-monthly, 5, ,                     false, [GRANTED]",
        "none,         1, ,                     false, PLAN_NOT_IN_CATALOG",
        "none,         1, ,                     true,  []"
    })
    @DisplayName("D9 access is given once, and only what the catalog has")
    void grants(String plan, long units, @Nullable Instant until, boolean given, String expected) {
        ImportRow row = row("address").grant(new ImportRow.Given(PlanKey.of(plan), units, until, null));

        ImportStep step = rules.decide(row, new Facts(account("registered"), new Match.Nothing(), given, NOW));

        assertThat(
                        step.conflict() == null
                                ? step.effects().toString()
                                : step.conflict().name())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("D9 a row is imported as a whole or not at all")
    void whole() {
        ImportRow row = row("customer").grant(ImportRow.Given.of(PlanKey.of("none")));

        ImportStep step = rules.decide(row, new Facts(Optional.empty(), match("free"), false, NOW));

        assertThat(step.conflict()).isEqualTo(ImportConflict.PLAN_NOT_IN_CATALOG);
        assertThat(step.effects()).isEmpty();
    }

    @ParameterizedTest(name = "D9 {0}, row says {1}: {2}")
    @CsvSource({
        "unknown,    nothing,  NONE",
        "unknown,    customer, BY_ID",
        "unknown,    verified, BY_EMAIL",
        "unknown,    address,  NONE",
        "unknown,    both,     BY_ID",
        "former,     customer, BY_ID",
        "linked,     customer, NONE",
        "linked,     verified, NONE"
    })
    @DisplayName("D9 an address that is not verified is no reason to look for a customer, and who has one needs none")
    void searches(String account, String row, Search expected) {
        assertThat(ImportRules.search(row(row), account(account))).isEqualTo(expected);
    }

    @Test
    @DisplayName("D9 every conflict tells a remedy")
    void remedies() {
        assertThat(ImportConflict.values())
                .allSatisfy(conflict -> assertThat(conflict.remedy()).isNotBlank());
    }

    private static ImportRow row(String says) {
        ImportRow row = ImportRow.of(2, ADA);
        return switch (says) {
            case "customer" -> row.customer("cus_1");
            case "verified" -> row.verifiedEmail("ada@example.com");
            case "address" -> row.profile(AccountProfile.ofEmail("ada@example.com"));
            case "both" -> row.verifiedEmail("ada@example.com").customer("cus_1");
            default -> row;
        };
    }

    private static Optional<BillingAccount> account(String state) {
        BillingAccount registered = BillingAccount.registered(ADA, AccountProfile.empty(), NOW);
        return switch (state) {
            case "unknown" -> Optional.empty();
            case "linked" -> Optional.of(registered.withCustomer(Customer.ofId("cus_1"), null));
            case "linked-other" -> Optional.of(registered.withCustomer(Customer.ofId("cus_2"), null));
            case "former" -> Optional.of(registered.withCustomer(new Customer("cus_0", null, false, null, true), null));
            default -> Optional.of(registered);
        };
    }

    private static Match match(String found) {
        return switch (found) {
            case "free" -> one(null, false, null);
            case "ours" -> one(ADA, false, null);
            case "own" -> one(ADA, false, ADA);
            case "here" -> one(null, false, BOB);
            case "there" -> one(BOB, false, null);
            case "deleted" -> one(null, true, null);
            case "several" -> new Match.Several();
            default -> new Match.Nothing();
        };
    }

    private static Match one(@Nullable AccountRef written, boolean deleted, @Nullable AccountRef owner) {
        Customer customer = new Customer("cus_1", null, false, null, deleted);
        return new Match.One(new CustomerSnapshot(customer, true, written, false), owner);
    }
}
