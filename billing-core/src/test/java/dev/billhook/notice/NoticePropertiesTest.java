package dev.billhook.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of accounts, looked at in every way there is; a life is made again of its seed. */
@DisplayName("D3 each notice once")
class NoticePropertiesTest {
    private static final Instant START = NoticeFixture.START;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int DAYS = 120;
    private static final NoticeRules RULES = NoticeFixture.rules(NoticePolicy.STANDARD
            .with(NoticeKind.TRIAL_ENDING, Duration.ofDays(7), Duration.ofDays(1))
            .with(NoticeKind.SHORTER_RENEWAL, Duration.ofDays(2))
            .with(NoticeKind.LIMIT_APPROACHING, Duration.ofDays(5), Duration.ofDays(3), Duration.ofHours(6)));

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("D3 who is looked at only when his time has come is told what an hourly look would tell")
    void planned(long seed) {
        Life life = new Life(new Random(seed));

        assertThat(new Planned(life).live()).as(life.toString()).isEqualTo(new Hourly(life).live());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("D3 with looks at random times, by a clock that jumps, on nodes that die, nothing is told twice")
    void anyhow(long seed) {
        Life life = new Life(new Random(seed));
        Random random = new Random(~seed);
        List<String> everything = new Hourly(life).live();
        Told told = Told.NOTHING;
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Instant real = START.plus(HOUR.multipliedBy(24L * DAYS * i / 200));
            Instant clock = random.nextInt(4) == 0 ? START.plus(HOUR.multipliedBy(random.nextInt(24 * DAYS))) : real;
            NoticeDecision decision = RULES.decide(life.at(real), told, clock, null);
            boolean survives = random.nextInt(3) > 0;
            if (survives) {
                told = decision.told();
                decision.due().forEach(notice -> heard.add(notice.occasion()));
            }
        }

        assertThat(heard).as(life.toString()).doesNotHaveDuplicates();
        assertThat(everything).as(life.toString()).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("D3 a clock that jumps to and fro takes nothing away twice, and gives nothing back")
    void jumping(long seed) {
        Random random = new Random(seed);
        NoticeFacts facts = new Life(random).at(START.plus(HOUR.multipliedBy(random.nextInt(24 * DAYS))));
        Told told = Told.NOTHING;
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Instant clock = START.plus(HOUR.multipliedBy(random.nextInt(24 * 400)));
            NoticeDecision decision = RULES.decide(facts, told, clock, null);
            told = decision.told();
            decision.due().stream()
                    .filter(notice -> notice.occasion().startsWith("ACCESS"))
                    .forEach(notice -> heard.add(Host.nameOf(notice)));
            assertThat(decision.lookAt())
                    .satisfiesAnyOf(
                            at -> assertThat(at).isNull(), at -> assertThat(at).isAfter(clock));
        }

        assertThat(heard).as(facts.toString()).doesNotHaveDuplicates().isSubsetOf("AccessLimited", "AccountClosed");
    }

    /** What an account has from when on: each change concerns one subscription, as the door is told of one. */
    private static final class Life {
        private final TreeMap<Instant, Subscription> changes = new TreeMap<>();
        private final @Nullable Customer customer;

        Life(Random random) {
            PaymentMethod card = new PaymentMethod("pm_1", "card", "visa", "4242", 1 + random.nextInt(4), 2026);
            customer = random.nextBoolean() ? new Customer("cus_1", "usd", false, card, false) : null;
            int subscriptions = 1 + random.nextInt(3);
            IntStream.range(0, subscriptions).forEach(number -> begin(random, "sub_" + number));
        }

        private void begin(Random random, String id) {
            Instant at = START.plus(HOUR.multipliedBy(random.nextInt(24 * DAYS / 2)));
            Subscription state = fresh(random, id, at);
            put(at, state);
            while (random.nextInt(5) > 0 && !state.status().ended()) {
                at = at.plus(HOUR.multipliedBy(1 + random.nextInt(24 * 20)));
                state = changed(random, state, at);
                put(at, state);
            }
        }

        private void put(Instant at, Subscription state) {
            Instant free = at;
            while (changes.containsKey(free)) {
                free = free.plus(HOUR);
            }
            changes.put(free, state);
        }

        private static Subscription fresh(Random random, String id, Instant at) {
            SubscriptionStatus[] first = {
                SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIALING, SubscriptionStatus.INCOMPLETE
            };
            SubscriptionStatus status = first[random.nextInt(first.length)];
            String plan = random.nextInt(3) == 0 ? "pro-yearly" : "pro-monthly";
            Instant end = at.plus(HOUR.multipliedBy(24L * (1 + random.nextInt(60))));
            return Subscription.builder(id, status, at)
                    .items(List.of(new SubscriptionItem("si_" + id, "price", PlanKey.of(plan), 1, at, end)))
                    .trialEnd(status == SubscriptionStatus.TRIALING ? end : null)
                    .build();
        }

        private static Subscription changed(Random random, Subscription old, Instant at) {
            return switch (random.nextInt(6)) {
                case 0 -> old.toBuilder().status(SubscriptionStatus.PAST_DUE).build();
                case 1 -> old.toBuilder().status(SubscriptionStatus.ACTIVE).build();
                case 2 ->
                    old.toBuilder()
                            .cancelAt(random.nextInt(3) == 0 ? null : at.plus(HOUR.multipliedBy(random.nextInt(900))))
                            .build();
                case 3 -> renewed(old, at.plus(HOUR.multipliedBy(24L * (1 + random.nextInt(40)))));
                case 4 ->
                    old.trialing()
                            ? old.toBuilder()
                                    .trialEnd(at.plus(HOUR.multipliedBy(random.nextInt(600))))
                                    .build()
                            : old.toBuilder().status(SubscriptionStatus.UNPAID).build();
                default ->
                    old.toBuilder()
                            .status(SubscriptionStatus.CANCELED)
                            .endedAt(at)
                            .build();
            };
        }

        private static Subscription renewed(Subscription old, Instant end) {
            SubscriptionItem item = old.items().get(0);
            return old.toBuilder()
                    .items(List.of(new SubscriptionItem(
                            item.id(), item.priceId(), item.plan(), item.quantity(), item.periodEnd(), end)))
                    .build();
        }

        NoticeFacts at(Instant time) {
            Map<String, Subscription> present = new TreeMap<>();
            changes.headMap(time, true).values().forEach(state -> present.put(state.id(), state));
            return new NoticeFacts(
                    NoticeFixture.ACCOUNT,
                    customer,
                    AccessFacts.of(present.values().stream()
                            .sorted(Comparator.comparing(Subscription::createdAt)
                                    .reversed())
                            .toList()));
        }

        @Nullable NoticeFacts alone(Instant before, String id) {
            return at(before).access().subscriptions().stream()
                    .filter(subscription -> subscription.id().equals(id))
                    .findFirst()
                    .map(subscription ->
                            new NoticeFacts(NoticeFixture.ACCOUNT, customer, AccessFacts.of(List.of(subscription))))
                    .orElse(null);
        }

        @Override
        public String toString() {
            return customer + ", " + changes;
        }
    }

    /** Looks at a life hour by hour. */
    private abstract static class Host {
        final Life life;
        Told told = Told.NOTHING;
        final List<String> heard = new ArrayList<>();

        Host(Life life) {
            this.life = life;
        }

        final List<String> live() {
            for (int hour = 0; hour < 24 * DAYS; hour++) {
                Instant now = START.plus(HOUR.multipliedBy(hour));
                Subscription changed = life.changes.get(now);
                if (changed != null) {
                    noteChange(changed, now);
                }
                if (wantsToLook(now)) {
                    look(now);
                }
            }
            return heard;
        }

        void noteChange(Subscription changed, Instant now) {}

        abstract boolean wantsToLook(Instant now);

        NoticeDecision look(Instant now) {
            NoticeDecision decision = RULES.decide(life.at(now), told, now, null);
            told = decision.told();
            decision.due().forEach(notice -> heard.add(now + " " + notice.occasion() + " " + nameOf(notice)));
            return decision;
        }

        private static String nameOf(DueNotice notice) {
            BillingEvent event = notice.event(name -> new EventMeta(name, NoticeFixture.ACCOUNT, START), null);
            return event.id();
        }
    }

    private static final class Hourly extends Host {
        Hourly(Life life) {
            super(life);
        }

        @Override
        boolean wantsToLook(Instant now) {
            return true;
        }
    }

    /** Looks when the last look and the door say so, as the store keeps it. */
    private static final class Planned extends Host {
        private @Nullable Instant next;
        private boolean known;

        Planned(Life life) {
            super(life);
            if (life.customer != null) {
                RULES.lookForCard(life.customer.defaultPaymentMethod(), START).ifPresent(this::mark);
            }
        }

        private void mark(Instant at) {
            known = true;
            next = next == null || at.isBefore(next) ? at : next;
        }

        @Override
        void noteChange(Subscription changed, Instant now) {
            NoticeRules.Look look =
                    RULES.lookAfter(life.alone(now.minusSeconds(1), changed.id()), life.alone(now, changed.id()), now);
            if (look.at() != null) {
                mark(look.at());
            }
            if (look.gained() && known) {
                mark(now);
            }
        }

        @Override
        boolean wantsToLook(Instant now) {
            return next != null && !next.isAfter(now);
        }

        @Override
        NoticeDecision look(Instant now) {
            NoticeDecision decision = super.look(now);
            next = decision.lookAt();
            known = !decision.forgettable();
            return decision;
        }
    }
}
