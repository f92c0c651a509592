package dev.billhook.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.Purchase.Reason;
import dev.billhook.purchase.Purchase.Revocation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 What a purchase's change tells")
class PurchaseEventsTest {
    private static final EventMeta META = new EventMeta("id", AccountRef.of("user", "1"), Instant.EPOCH);
    private static final PlanKey LIFETIME = PlanKey.of("lifetime");
    private static final Purchase VALID = purchase(null);
    private static final Purchase REFUNDED = purchase(Reason.REFUNDED);
    private static final Purchase DISPUTED = purchase(Reason.DISPUTED);

    private static Purchase purchase(@Nullable Reason reason) {
        Revocation revocation = reason == null ? null : new Revocation(reason, Instant.EPOCH);
        return new Purchase("cs_1", META.account(), LIFETIME, 2, "pi_1", Instant.EPOCH, revocation);
    }

    private static List<BillingEvent> told(@Nullable Purchase before, Purchase after) {
        return PurchaseRows.changes(before, after, name -> META);
    }

    @Test
    @DisplayName("a new one was made, also one that does not count any more")
    void made() {
        BillingEvent made = new BillingEvent.PurchaseMade(META, "cs_1", LIFETIME, 2);

        assertThat(told(null, VALID)).containsExactly(made);
        assertThat(told(null, DISPUTED))
                .containsExactly(made, new BillingEvent.PurchaseRevoked(META, "cs_1", LIFETIME, Reason.DISPUTED));
    }

    @Test
    @DisplayName("one is revoked once, whatever comes on top, and restored")
    void revoked() {
        assertThat(told(VALID, VALID)).isEmpty();
        assertThat(told(VALID, REFUNDED))
                .containsExactly(new BillingEvent.PurchaseRevoked(META, "cs_1", LIFETIME, Reason.REFUNDED));
        assertThat(told(REFUNDED, DISPUTED)).isEmpty();
        assertThat(told(DISPUTED, VALID)).containsExactly(new BillingEvent.PurchaseRestored(META, "cs_1", LIFETIME));
    }
}
