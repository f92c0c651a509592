package dev.billhook.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.AsOf;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An account is named by the host's own key")
class AccountRefTest {
    @ParameterizedTest
    @CsvSource({"user, 42", "team, acme", "org_unit-2, a:b:c", "u, x"})
    @DisplayName("type:id reads back, also when the id has colons")
    void readsBack(String type, String id) {
        AccountRef ref = AccountRef.of(type, id);

        assertThat(ref).hasToString(type + ":" + id);
        assertThat(AccountRef.parse(ref.toString())).isEqualTo(ref);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "User", "1user", "user name", "ünit", "abcdefghijklmnopqrstuvwxyzabcdefg"})
    @DisplayName("a malformed type is refused without being repeated")
    void malformedType(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccountRef.of(type, "1"))
                .withMessageContaining("must match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a\u0000", "é"})
    @DisplayName("an id with blanks, control or non-ASCII characters is refused")
    void malformedId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> AccountRef.of("user", id));
    }

    @Test
    @DisplayName("an id has at most 190 characters, so that it fits every database's key")
    void longId() {
        assertThat(AccountRef.of("user", "x".repeat(190)).id()).hasSize(190);
        assertThatIllegalArgumentException().isThrownBy(() -> AccountRef.of("user", "x".repeat(191)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", ":", "user:", ":1"})
    @DisplayName("text that is not type:id is refused")
    void notAReference(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AccountRef.parse(text));
    }

    @Test
    @DisplayName("C4 a profile tells logs only what is present, never an address or a name")
    void profileKeepsSilent() {
        AccountProfile profile = new AccountProfile("ada@example.org", "Ada");

        assertThat(profile.toString()).doesNotContain("ada", "Ada").contains("email=present", "name=present");
        assertThat(AccountProfile.empty()).hasToString("AccountProfile[email=none, name=none]");
        assertThat(AccountProfile.ofEmail("ada@example.org").email()).isEqualTo("ada@example.org");
    }

    @Test
    @DisplayName("B9 a registered account has no customer; a deleted customer counts as none")
    void customerOfAnAccount() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        BillingAccount account = BillingAccount.registered(AccountRef.of("user", "1"), AccountProfile.empty(), now);
        Customer customer = Customer.ofId("cus_1");

        assertThat(account.customerId()).isEmpty();
        assertThat(account.version()).isEqualTo(1);
        assertThat(account.withCustomer(customer, AsOf.at(now)).customerId()).contains("cus_1");
        assertThat(account.withCustomer(new Customer("cus_1", null, false, null, true), AsOf.at(now))
                        .customerId())
                .isEmpty();
        assertThat(account.withProfile(AccountProfile.ofEmail("a@b")).profile().email())
                .isEqualTo("a@b");
    }
}
