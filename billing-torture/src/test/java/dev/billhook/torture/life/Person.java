package dev.billhook.torture.life;

import dev.billhook.account.AccountRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account and what it is at the simulator. Used by one thread. */
public final class Person {
    private final AccountRef account;
    private final List<String> customers = new ArrayList<>();
    private boolean registered;
    private @Nullable String clock;

    Person(int number) {
        this.account = AccountRef.of("user", Integer.toString(number));
    }

    /** The host's key. */
    public AccountRef account() {
        return account;
    }

    /** All customers it ever was, the present one last. */
    public List<String> customers() {
        return List.copyOf(customers);
    }

    String customer() {
        return customers.get(customers.size() - 1);
    }

    boolean hasCustomer() {
        return !customers.isEmpty();
    }

    void became(String customer) {
        customers.add(customer);
    }

    boolean registered() {
        return registered;
    }

    void register() {
        registered = true;
    }

    /** The test clock it lives on, or null. */
    @Nullable String clock() {
        return clock;
    }

    void livesOn(String testClock) {
        clock = testClock;
    }
}
