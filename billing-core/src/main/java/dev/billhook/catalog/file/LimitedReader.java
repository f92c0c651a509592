package dev.billhook.catalog.file;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Plan.Limited;
import dev.billhook.internal.yaml.YamlNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how many accounts can have a plan. */
final class LimitedReader {
    private static final Pattern HOLD = Pattern.compile("([1-9][0-9]{0,3})([mh])");

    private LimitedReader() {}

    static Optional<Limited> read(YamlNode node) {
        node.asMapOf(List.of("places", "hold", "returned"));
        Optional<Long> places = node.required("places").flatMap(value -> value.asWhole(0, CatalogReader.MAX_COUNT));
        Optional<YamlNode> written = node.optional("hold");
        Optional<Duration> hold =
                written.isEmpty() ? Optional.of(Limited.SHORTEST_HOLD) : written.flatMap(LimitedReader::hold);
        Plan.Returned returned = node.optional("returned")
                .flatMap(value -> value.asOneOf(List.of("resold", "kept")))
                .map(name -> Plan.Returned.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(Plan.Returned.RESOLD);
        return places.flatMap(count -> hold.map(time -> new Limited(count, time, returned)));
    }

    private static Optional<Duration> hold(YamlNode node) {
        Optional<String> text = node.asText();
        Optional<Duration> hold = text.map(HOLD::matcher)
                .filter(Matcher::matches)
                .map(written -> Duration.of(
                        Long.parseLong(written.group(1)),
                        written.group(2).equals("h") ? ChronoUnit.HOURS : ChronoUnit.MINUTES))
                .filter(time -> time.compareTo(Limited.SHORTEST_HOLD) >= 0)
                .filter(time -> time.compareTo(Limited.LONGEST_HOLD) <= 0);
        if (text.isPresent() && hold.isEmpty()) {
            node.problem("expected a time from 30m to 24h in minutes or hours, found '" + text.get() + "'");
        }
        return hold;
    }
}
