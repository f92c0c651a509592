package dev.billhook.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.conversion.ItemChange;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C22 What is scheduled for lines stays in step with a change of one of them")
class LineOrderTest {
    private static final List<String> PLANS =
            List.of("storage-monthly", "storage-yearly", "phone-monthly", "calls-monthly");
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              storage: {name: Storage, kind: add-on}
              phone: {name: Phone, kind: add-on}
              calls: {name: Calls, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
              phone-monthly: {product: phone, interval: month, pricing: {flat: {usd: 8}}}
              calls-monthly: {product: calls, interval: month, pricing: {flat: {usd: 2}}}
            """);
    private final LineOrder order = new LineOrder(CATALOG);

    private static ScheduledChange.Line line(String plan, long quantity) {
        return new ScheduledChange.Line("price_of_" + plan, PlanKey.of(plan), quantity);
    }

    private static Subscription scheduled(SubscriptionFixture fixture, ScheduledChange.Line... lines) {
        return fixture.build().toBuilder()
                .schedule(new Schedule("sub_sched_1", new ScheduledChange(SubscriptionFixture.END, List.of(lines))))
                .build();
    }

    @Test
    @DisplayName("C22 the changes are read back from the lines that are to come")
    void readBack() {
        Subscription subscription = scheduled(
                SubscriptionFixture.on("pro-monthly").with("storage-monthly", 2).with("phone-monthly", 1),
                line("hobby-monthly", 1),
                line("storage-yearly", 3),
                line("calls-monthly", 1));

        assertThat(order.scheduled(subscription))
                .containsExactlyInAnyOrder(
                        new ItemChange.Replace("si_1", PlanKey.of("hobby-monthly"), 1),
                        new ItemChange.Replace("si_2", PlanKey.of("storage-yearly"), 3),
                        new ItemChange.Remove("si_3"),
                        new ItemChange.Add(PlanKey.of("calls-monthly"), 1));
        assertThat(order.scheduled(SubscriptionFixture.on("pro-monthly").build()))
                .isEmpty();
    }

    @Test
    @DisplayName("C22 what was scheduled for the line gives way, except that it moves to another plan; the rest stays")
    void merged() {
        ItemChange move = new ItemChange.Replace("si_1", PlanKey.of("hobby-monthly"), 1);
        ItemChange fewer = new ItemChange.SetQuantity("si_2", 1);
        ItemChange gone = new ItemChange.Remove("si_2");

        assertThat(LineOrder.merge(List.of(move, fewer), gone, true)).containsExactly(move, gone);
        assertThat(LineOrder.merge(List.of(move, gone), new ItemChange.SetQuantity("si_2", 4), false))
                .containsExactly(move);
        assertThat(LineOrder.merge(List.of(move), new ItemChange.SetQuantity("si_1", 4), true))
                .containsExactly(new ItemChange.Replace("si_1", PlanKey.of("hobby-monthly"), 4));
        assertThat(LineOrder.merge(List.of(gone), new ItemChange.Add(PlanKey.of("calls-monthly"), 1), false))
                .containsExactly(gone);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 77, 20_261_123})
    @DisplayName("C22 whatever is scheduled: the changes that are read back lead to just those lines")
    void property(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            SubscriptionFixture fixture = SubscriptionFixture.on("pro-monthly");
            List<ScheduledChange.Line> lines =
                    new ArrayList<>(List.of(line(random.nextBoolean() ? "pro-monthly" : "hobby-monthly", 1)));
            for (String plan : PLANS) {
                if (random.nextBoolean()) {
                    fixture.with(plan, 1 + random.nextInt(3));
                }
                if (random.nextBoolean()) {
                    lines.add(line(plan, 1 + random.nextInt(3)));
                }
            }
            Subscription subscription = scheduled(fixture, lines.toArray(ScheduledChange.Line[]::new));

            assertThat(after(subscription, order.scheduled(subscription)))
                    .containsExactlyInAnyOrderElementsOf(lines.stream()
                            .map(each -> each.plan() + " × " + each.quantity())
                            .toList());
        }
    }

    private static List<String> after(Subscription subscription, List<ItemChange> changes) {
        List<String> lines = new ArrayList<>();
        subscription.items().forEach(item -> {
            String now = item.plan() + " × " + item.quantity();
            for (ItemChange change : changes) {
                if (change instanceof ItemChange.Replace moved && moved.itemId().equals(item.id())) {
                    now = moved.plan() + " × " + moved.quantity();
                } else if (change instanceof ItemChange.SetQuantity set
                        && set.itemId().equals(item.id())) {
                    now = item.plan() + " × " + set.quantity();
                } else if (change instanceof ItemChange.Remove remove
                        && remove.itemId().equals(item.id())) {
                    now = "";
                }
            }
            if (!now.isEmpty()) {
                lines.add(now);
            }
        });
        changes.stream()
                .filter(ItemChange.Add.class::isInstance)
                .map(ItemChange.Add.class::cast)
                .forEach(add -> lines.add(add.plan() + " × " + add.quantity()));
        return lines;
    }
}
