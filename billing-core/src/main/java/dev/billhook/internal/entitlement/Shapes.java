package dev.billhook.internal.entitlement;

import dev.billhook.entitlement.Entitlements;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Lets answers share what is equal in them: a million accounts have a few dozen combinations of plans, features and limits. */
final class Shapes {
    private static final int MOST = 10_000;

    private final ConcurrentMap<Object, Object> known = new ConcurrentHashMap<>();

    Entitlements sharing(Entitlements answer) {
        if (known.size() > MOST) {
            known.clear();
        }
        return new Entitlements(
                answer.account(),
                answer.state(),
                same(answer.plans()),
                same(answer.features()),
                same(answer.limits()),
                same(answer.sources()),
                answer.reason(),
                answer.nextStep(),
                answer.validUntil(),
                answer.onDenial());
    }

    @SuppressWarnings(
            "unchecked") // equal values are of one kind: a list, a set and a map are never equal to each other
    private <T> T same(T value) {
        Object before = known.putIfAbsent(value, value);
        return before == null ? value : (T) before;
    }
}
