package dev.billhook.cli.connect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as operators write it: {@code 2026-03-01T03:00:00Z}, or {@code 90m}, {@code 3h} or {@code 2d} ago. */
public final class TimeConverter implements ITypeConverter<Instant> {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

    @Override
    public Instant convert(String text) {
        Matcher ago = AGO.matcher(text);
        try {
            return ago.matches()
                    ? Instant.now()
                            .minus(Duration.parse(iso(
                                    Long.parseLong(ago.group(1)), ago.group(2).charAt(0))))
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is no time like 2026-03-01T03:00:00Z, 90m, 3h or 2d");
        }
    }

    private static String iso(long count, char unit) {
        return unit == 'd' ? "P" + count + "D" : "PT" + count + Character.toUpperCase(unit);
    }
}
