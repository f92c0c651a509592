package dev.billhook.internal.off;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.EntitlementResolver;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.entitlement.NextStep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything for everybody: all features of the catalog, no limits, and whatever else is asked for. */
public final class OpenAccess implements EntitlementResolver {
    private static final Entitlements.OnDenial NEVER = (answer, what) -> true;

    private final Set<String> features;
    private final Map<String, Limit> limits;

    /** Open access to what the catalog sells. */
    public OpenAccess(Catalog catalog) {
        this.features = catalog.products().stream()
                .flatMap(product -> product.features().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.limits = catalog.products().stream()
                .flatMap(product -> product.limits().keySet().stream())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), limit -> Limit.unlimited()));
    }

    @Override
    public Entitlements resolve(AccountRef account) {
        return new Entitlements(
                account,
                AccessState.ACTIVE,
                List.of(),
                features,
                limits,
                List.of(),
                AccessReason.SWITCHED_OFF,
                NextStep.NOTHING,
                null,
                NEVER);
    }
}
