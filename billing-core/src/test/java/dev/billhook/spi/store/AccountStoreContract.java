package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.AsOf;
import dev.billhook.BillingException;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every account store does. */
abstract class AccountStoreContract extends StoreContract {
    private static final Customer CUSTOMER =
            new Customer("cus_1", "eur", true, new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2031), false);

    @Test
    @DisplayName("C4 An account comes back as it was written, to the microsecond")
    void roundTrip() {
        BillingAccount written = new BillingAccount(
                ALICE, new AccountProfile("a@example.org", "Älice 🎈"), CUSTOMER, AsOf.at(day(1)), NOW, 1);

        assertThat(stores.accounts().insertIfAbsent(written)).isTrue();

        assertThat(stores.accounts().find(ALICE)).contains(written);
    }

    @Test
    @DisplayName("An account nobody registered is empty")
    void unknown() {
        assertThat(stores.accounts().find(ALICE)).isEmpty();
        assertThat(stores.accounts().findByCustomers(List.of("cus_none"))).isEmpty();
    }

    @Test
    @DisplayName("Registering an account again changes nothing")
    void insertIfAbsent() {
        stores.accounts().insertIfAbsent(account(ALICE));

        boolean again = stores.accounts()
                .insertIfAbsent(BillingAccount.registered(ALICE, AccountProfile.ofEmail("other@example.org"), day(9)));

        assertThat(again).isFalse();
        assertThat(stores.accounts().find(ALICE)).contains(account(ALICE));
    }

    @Test
    @DisplayName("A duplicate registration inside a transaction does not spoil it")
    void duplicateKeepsTransaction() {
        stores.accounts().insertIfAbsent(account(ALICE));

        stores.transactor().run(() -> {
            assertThat(stores.accounts().insertIfAbsent(account(ALICE))).isFalse();
            assertThat(stores.accounts().insertIfAbsent(account(BOB))).isTrue();
        });

        assertThat(stores.accounts().find(BOB)).contains(account(BOB));
    }

    @Test
    @DisplayName("An update writes profile and customer and counts the version, whatever the argument says")
    void update() {
        stores.accounts().insertIfAbsent(account(ALICE));
        BillingAccount changed =
                new BillingAccount(ALICE, AccountProfile.empty(), CUSTOMER, AsOf.at(day(2)), day(5), 77);

        stores.transactor().run(() -> {
            stores.accounts().lock(ALICE);
            stores.accounts().update(changed);
        });

        assertThat(stores.accounts().find(ALICE))
                .contains(new BillingAccount(ALICE, AccountProfile.empty(), CUSTOMER, AsOf.at(day(2)), NOW, 2));
    }

    @Test
    @DisplayName("An account is found by its customer, also when the customer is deleted")
    void findByCustomers() {
        Customer deleted = new Customer("cus_2", null, false, null, true);
        stores.accounts().insertIfAbsent(account(ALICE).withCustomer(CUSTOMER, null));
        stores.accounts().insertIfAbsent(account(BOB).withCustomer(deleted, new AsOf(day(1), day(2))));

        Map<String, BillingAccount> found = stores.accounts().findByCustomers(List.of("cus_1", "cus_2", "cus_none"));

        assertThat(found).containsOnlyKeys("cus_1", "cus_2");
        assertThat(found.get("cus_1").ref()).isEqualTo(ALICE);
        assertThat(found.get("cus_2").customer()).isEqualTo(deleted);
    }

    @Test
    @DisplayName("B9 A customer belongs to one account")
    void customerIsUnique() {
        stores.accounts().insertIfAbsent(account(ALICE).withCustomer(CUSTOMER, null));
        stores.accounts().insertIfAbsent(account(BOB));
        AccountRef carol = AccountRef.of("user", "carol");

        assertThatThrownBy(() -> stores.accounts().update(account(BOB).withCustomer(CUSTOMER, null)))
                .isInstanceOf(BillingException.class)
                .hasMessageNotContaining("example.org");
        assertThatThrownBy(() -> stores.accounts().insertIfAbsent(account(carol).withCustomer(CUSTOMER, null)))
                .isInstanceOf(BillingException.class);
    }

    @Test
    @DisplayName("An account is found by a customer it has besides its present one; the first that remembers it has it")
    void otherCustomers() {
        stores.accounts().insertIfAbsent(account(ALICE).withCustomer(CUSTOMER, null));
        stores.accounts().insertIfAbsent(account(BOB));

        stores.transactor().run(() -> {
            stores.accounts().addOtherCustomer("cus_former", ALICE);
            stores.accounts().addOtherCustomer("cus_former", BOB);
        });

        assertThat(stores.accounts().lockByOtherCustomer("cus_former"))
                .contains(account(ALICE).withCustomer(CUSTOMER, null));
        assertThat(stores.accounts().lockByOtherCustomer("cus_1")).isEmpty();
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        assertThat(live.accounts().lockByOtherCustomer("cus_former")).isEmpty();
    }

    @Test
    @DisplayName("Keys compare exactly: upper and lower case and account types are different accounts")
    void exactKeys() {
        stores.accounts().insertIfAbsent(account(ALICE));

        assertThat(stores.accounts().find(AccountRef.of("user", "Alice"))).isEmpty();
        assertThat(stores.accounts().find(AccountRef.of("team", "alice"))).isEmpty();
        assertThat(stores.accounts().insertIfAbsent(account(AccountRef.of("user", "ALICE"))))
                .isTrue();
        assertThat(stores.accounts().insertIfAbsent(account(AccountRef.of("user", "a".repeat(190)))))
                .isTrue();
    }

    @Test
    @DisplayName("D13 Scopes never see each other's accounts, neither of another name nor of another mode")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        stores.accounts().insertIfAbsent(account(ALICE).withCustomer(CUSTOMER, null));

        assertThat(live.accounts().find(ALICE)).isEmpty();
        assertThat(live.accounts().findByCustomers(List.of("cus_1"))).isEmpty();
        assertThat(live.accounts().insertIfAbsent(account(ALICE).withCustomer(CUSTOMER, null)))
                .isTrue();
        live.accounts().update(account(ALICE));

        assertThat(stores.accounts().find(ALICE)).contains(account(ALICE).withCustomer(CUSTOMER, null));
    }
}
