package dev.billhook.testing;

import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of a whole billing share: each test has one in a scope of its own, so they need no empty database. */
abstract class BillingContract {
    BillingFixture fixture;

    /** Empty stores of a scope. */
    protected abstract BillingStores stores(ProviderScope scope);

    /** What every billing of the contract is built with. */
    BillingBuilder adapted(BillingBuilder builder) {
        return builder;
    }

    /** A billing in a scope of its own. */
    final BillingFixture fixture(UnaryOperator<BillingBuilder> more) {
        return new BillingFixture(
                stores(new ProviderScope("t" + UUID.randomUUID(), false)), builder -> more.apply(adapted(builder)));
    }

    @BeforeEach
    void open() {
        fixture = fixture(builder -> builder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
