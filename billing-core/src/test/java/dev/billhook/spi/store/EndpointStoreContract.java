package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.endpoint.EndpointStore.Kept;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of endpoints' secrets does. */
abstract class EndpointStoreContract extends StoreContract {
    private static final Kept STAGING = new Kept("we_2", "staging", "s".repeat(500));
    private static final Kept BRANCH = new Kept("we_1", "feature/one", "sealed");

    @Test
    @DisplayName("D7 sealed secrets are kept by endpoint, replaced and forgotten")
    void kept() {
        stores.endpoints().save(STAGING);
        stores.endpoints().save(BRANCH);
        assertThat(otherNode().endpoints().list()).containsExactly(BRANCH, STAGING);

        Kept other = new Kept("we_2", "production", "another");
        stores.endpoints().save(other);
        stores.endpoints().remove("we_1");
        stores.endpoints().remove("we_1");

        assertThat(stores.endpoints().list()).containsExactly(other);
    }

    @Test
    @DisplayName("D7 those of another provider account are not seen")
    void scope() {
        stores.endpoints().save(STAGING);

        assertThat(stores(new ProviderScope("t" + UUID.randomUUID(), false))
                        .endpoints()
                        .list())
                .isEmpty();
    }
}
