package dev.billhook.spi.store.access;

import dev.billhook.BillingException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which stores keep claims: fields with a bar behind each, because every question about access reads it: JSON took ten times as
 * long. Instants are seconds since 1970. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClaimText {
    private ClaimText() {}

    /** A claim as text; equal claims have equal texts. */
    public static String write(Claim claim) {
        FieldWriter fields =
                new FieldWriter().text(claim.kind().name()).text(claim.id()).time(claim.since());
        if (claim instanceof Claim.OfSubscription subscription) {
            fields.text(subscription.status().name())
                    .flag(subscription.collectionPaused())
                    .time(subscription.unpaidSince())
                    .time(subscription.pendingEnd())
                    .time(subscription.endedAt());
            subscription.lines().forEach(line -> line(fields, line));
        } else if (claim instanceof Claim.OfPurchase purchase) {
            line(fields.time(purchase.revokedAt()), purchase.line());
        } else if (claim instanceof Claim.OfGrant grant) {
            what(fields.time(grant.from()).time(grant.end()), grant.what());
        }
        return fields.toString();
    }

    private static void line(FieldWriter fields, Claim.Line line) {
        fields.text(line.plan().value()).number(line.units()).flag(line.version() != null);
        if (line.version() != null) {
            fields.text(line.version());
        }
    }

    private static void what(FieldWriter fields, Grant.What what) {
        if (what instanceof Grant.What.OfPlan plan) {
            fields.flag(true).text(plan.plan().value()).number(plan.units());
        } else if (what instanceof Grant.What.OfFeature feature) {
            fields.flag(false).text(feature.feature());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static Claim read(String text) {
        try {
            return read(new FieldReader(text));
        } catch (RuntimeException e) {
            throw new BillingException("A stored claim cannot be read; was the row written by a newer version?", e);
        }
    }

    private static Claim read(FieldReader fields) {
        Claim.Kind kind = Claim.Kind.valueOf(fields.text());
        String id = fields.text();
        Instant since = fields.getTime();
        return switch (kind) {
            case SUBSCRIPTION ->
                new Claim.OfSubscription(
                        id,
                        since,
                        SubscriptionStatus.valueOf(fields.text()),
                        fields.flag(),
                        fields.time(),
                        fields.time(),
                        fields.time(),
                        lines(fields));
            case PURCHASE -> {
                Instant revokedAt = fields.time();
                yield new Claim.OfPurchase(id, since, line(fields), revokedAt);
            }
            case GRANT -> {
                Instant from = fields.getTime();
                Instant end = fields.time();
                yield new Claim.OfGrant(id, since, what(fields), from, end);
            }
        };
    }

    private static List<Claim.Line> lines(FieldReader fields) {
        List<Claim.Line> lines = new ArrayList<>(2);
        while (fields.more()) {
            lines.add(line(fields));
        }
        return lines;
    }

    private static Claim.Line line(FieldReader fields) {
        return new Claim.Line(PlanKey.of(fields.text()), fields.number(), fields.flag() ? fields.text() : null);
    }

    private static Grant.What what(FieldReader fields) {
        return fields.flag()
                ? new Grant.What.OfPlan(PlanKey.of(fields.text()), fields.number())
                : new Grant.What.OfFeature(fields.text());
    }
}
