package dev.billhook.internal.discount;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.coupon.Coupon;
import dev.billhook.discount.ReferralCode;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.spi.provider.discount.DiscountGateway;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes codes to be handed on. */
public final class Referrals {
    private final DiscountGateway gateway;
    private final CustomerProvisioner customers;
    private final InstantSource clock;

    /** Codes at the gateway. */
    public Referrals(DiscountGateway gateway, CustomerProvisioner customers, InstantSource clock) {
        this.gateway = gateway;
        this.customers = customers;
        this.clock = clock;
    }

    ReferralCode create(ReferralRequest request, RequestKey key) {
        Instant now = clock.instant();
        if (request.limits().until() != null && !request.limits().until().isAfter(now)) {
            throw new IllegalArgumentException("A code can be redeemed until a time in the future");
        }
        AccountRef account = request.eligibility().account();
        String customerId = account == null ? null : customers.customerOf(account);
        try {
            return ReferralCode.of(gateway.create(couponOf(request), request, customerId, key));
        } catch (ProviderException refusal) {
            if (!refusal.retryable() && request.code() != null && taken(request.code(), customerId, now)) {
                throw new InvalidStateException(
                        "The code is another active promotion code's; choose another word, or none to have one made up");
            }
            throw refusal;
        }
    }

    /** One for all terms that are the same: the provider's limits are on the code. */
    private static Coupon couponOf(ReferralRequest request) {
        String key = RequestKey.derived("referral", request.reduction(), request.duration())
                .value();
        return Coupon.of(key, request.reduction(), request.duration());
    }

    private boolean taken(String word, @Nullable String customerId, Instant now) {
        return gateway.find(word).stream()
                .anyMatch(other ->
                        other.live(now) && Objects.equals(other.restrictions().customerId(), customerId));
    }
}
