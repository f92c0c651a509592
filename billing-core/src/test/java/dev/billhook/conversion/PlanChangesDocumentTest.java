package dev.billhook.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.conversion.Conversion.ScheduleStep;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.DocumentTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/plan-changes.md, row by row. */
@DisplayName("C2 the document tells what plan changes do")
class PlanChangesDocumentTest {
    private static final PlanConverter CONVERTER = PlanConverter.standard(ConversionFixture.CATALOG);

    static Stream<Arguments> states() {
        return rows("states");
    }

    static Stream<Arguments> lines() {
        return rows("lines");
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @MethodSource("states")
    @DisplayName("C2 what is possible in which state")
    void state(String state, String target, String answer) {
        SubscriptionFixture current = ConversionFixture.dollars().with("pro-monthly", 1);
        String status = state.split(",")[0];
        current.in(SubscriptionStatus.ofWire(status));
        if (state.endsWith("ending")) {
            current.endingWithPeriod();
        } else if (state.endsWith("scheduled")) {
            current.changingAt(SubscriptionFixture.END, "hobby-monthly", 1);
        }

        assertThat(answer(current.build(), target)).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @MethodSource("lines")
    @DisplayName("C2 C7 C22 what happens to the lines")
    void lines(String before, String target, String after) {
        SubscriptionFixture current = ConversionFixture.dollars();
        for (String line : before.split(", ")) {
            String[] parts = line.split(" × ");
            current.with(
                    parts[0].equals("foreign") ? null : parts[0], parts.length == 1 ? 1 : Long.parseLong(parts[1]));
        }

        assertThat(linesAfter(current.build(), target)).isEqualTo(after);
    }

    private static String answer(Subscription current, String target) {
        try {
            Conversion conversion = CONVERTER.convert(ConversionRequest.of(current, ConversionFixture.plan(target)));
            String timing = conversion.changes().isEmpty() ? "" : " " + conversion.timing();
            String schedule = conversion.schedule() == ScheduleStep.NONE ? "" : " " + conversion.schedule();
            return conversion.kind() + timing + schedule;
        } catch (ConversionException e) {
            return "refused: " + e.reason();
        }
    }

    private static String linesAfter(Subscription current, String target) {
        try {
            Conversion conversion = CONVERTER.convert(ConversionRequest.of(current, ConversionFixture.plan(target)));
            return ConversionFixture.after(current, conversion).items().stream()
                    .sorted(Comparator.comparing(PlanChangesDocumentTest::rank).thenComparing(SubscriptionItem::id))
                    .map(item -> (item.plan() == null ? "foreign" : item.plan())
                            + (item.quantity() == 1 ? "" : " × " + item.quantity()))
                    .collect(Collectors.joining(", "));
        } catch (ConversionException e) {
            return "refused: " + e.reason();
        }
    }

    private static int rank(SubscriptionItem item) {
        return ConversionFixture.known(item)
                .map(plan -> plan.product().addOn() ? 1 : 0)
                .orElse(2);
    }

    private static Stream<Arguments> rows(String table) {
        List<List<String>> rows = DocumentTable.rows("plan-changes.md", table);
        assertThat(rows).hasSizeGreaterThan(10);
        return rows.stream().map(row -> Arguments.of(row.get(0), row.get(1), row.get(2)));
    }
}
