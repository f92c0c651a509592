package dev.billhook.spi.provider.price;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices at the provider, present and older ones.
 *
 * @since 0.1.0
 */
public interface PriceGateway {
    /** The price the plan is sold at now. */
    Optional<Price> current(PlanKey plan);

    /** The price of an id, also an older one. */
    Optional<Price> find(String priceId);

    /**
     * A price.
     *
     * @param id the provider's
     * @param pricing how its amounts come about, or null if it is none a catalog can express
     */
    record Price(
            String id, BillingInterval interval, @Nullable Pricing pricing) {}
}
