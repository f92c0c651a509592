package dev.billhook.simulator.engine.debit;

import dev.billhook.simulator.kernel.ApiError;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stripe's test bank accounts and how their bank answers. Source: Stripe documentation, "ACH Direct Debit", "Test". */
enum TestAccount {
    PAYS("000123456789", null),
    CLOSED("000111111113", "account_closed"),
    UNKNOWN("000111111116", "no_account"),
    INSUFFICIENT_FUNDS("000222222227", "insufficient_funds"),
    NOT_AUTHORIZED("000333333335", "debit_not_authorized");

    static final String ROUTING = "110000000";

    private final String number;
    private final @Nullable String failure;

    TestAccount(String number, @Nullable String failure) {
        this.number = number;
        this.failure = failure;
    }

    static Optional<TestAccount> of(BankInput input) {
        return Arrays.stream(values())
                .filter(account -> ROUTING.equals(digits(input.routing())))
                .filter(account -> account.number.equals(digits(input.account())))
                .findFirst();
    }

    private static String digits(String typed) {
        return typed.replaceAll("[\\s-]", "");
    }

    String last4() {
        return number.substring(number.length() - 4);
    }

    /** Why the bank does not pay; null when it does. */
    @Nullable ApiError refusal() {
        return failure == null
                ? null
                : ApiError.card(failure, null, "The bank did not pay: " + failure.replace('_', ' ') + ".");
    }
}
