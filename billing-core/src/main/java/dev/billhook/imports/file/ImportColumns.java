package dev.billhook.imports.file;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.ImportRow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an import, whatever they come from, and how their values are read. Names are told from each other without regard
 * to case. A value that is empty or blank is none. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImportColumns {
    /** {@code type:id}. */
    public static final String ACCOUNT = "account";

    /** The account's type, where {@code type:id} is not in one column. */
    public static final String ACCOUNT_TYPE = "account_type";

    /** The account's id, where {@code type:id} is not in one column. */
    public static final String ACCOUNT_ID = "account_id";

    /** The user's address. */
    public static final String EMAIL = "email";

    /** Whether the address is the user's for certain: {@code true}, {@code yes} or {@code 1}, {@code false}, {@code no} or {@code 0}. */
    public static final String EMAIL_VERIFIED = "email_verified";

    /** The user's name. */
    public static final String NAME = "name";

    /** The customer's id at the provider. */
    public static final String CUSTOMER = "customer";

    /** Key of a plan the user is given. */
    public static final String PLAN = "plan";

    /** How many units of it; 1 unless told. */
    public static final String UNITS = "units";

    /** When that ends: {@code 2027-06-01}, which begins in UTC, or {@code 2027-06-01T12:00:00Z}. */
    public static final String UNTIL = "until";

    /** Why. */
    public static final String REASON = "reason";

    private static final List<String> ALL = List.of(
            ACCOUNT, ACCOUNT_TYPE, ACCOUNT_ID, EMAIL, EMAIL_VERIFIED, NAME, CUSTOMER, PLAN, UNITS, UNTIL, REASON);
    private static final Set<String> YES = Set.of("true", "yes", "1", "t");
    private static final Set<String> NO = Set.of("false", "no", "0", "f");

    private final List<String> names;

    private ImportColumns(List<String> names) {
        this.names = names;
    }

    /**
     * Columns of these names, in this order.
     *
     * @throws IllegalArgumentException if one is unknown or there twice, or none tells the account: a column that is passed over
     *     because of a slip of the pen would be missed too late
     */
    public static ImportColumns of(List<String> given) {
        List<String> names = given.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (String name : names) {
            if (!ALL.contains(name) || !seen.add(name)) {
                wrong.add(name);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "Unknown or doubled columns: " + wrong + "; there may be one each of " + String.join(", ", ALL));
        }
        if (!seen.contains(ACCOUNT) && !seen.containsAll(List.of(ACCOUNT_TYPE, ACCOUNT_ID))) {
            throw new IllegalArgumentException(
                    "No column tells the account; name one account, or two account_type and account_id");
        }
        return new ImportColumns(names);
    }

    /** How many there are. */
    public int count() {
        return names.size();
    }

    /** The line these values make; in the order of the columns. */
    public ImportLine line(long line, List<? extends @Nullable String> values) {
        if (values.size() != names.size()) {
            return new ImportLine.Unreadable(
                    line, "it has " + values.size() + " values, and there are " + names.size() + " columns");
        }
        try {
            return row(line, name -> {
                int column = names.indexOf(name);
                String value = column < 0 ? null : values.get(column);
                return value == null || value.isBlank() ? null : value.strip();
            });
        } catch (IllegalArgumentException | DateTimeException e) {
            return new ImportLine.Unreadable(line, String.valueOf(e.getMessage()));
        }
    }

    private static ImportRow row(long line, Function<String, @Nullable String> values) {
        String email = values.apply(EMAIL);
        if (email != null && !email.contains("@")) {
            throw new IllegalArgumentException("column email holds no address");
        }
        return new ImportRow(
                line,
                account(values),
                new AccountProfile(email, values.apply(NAME)),
                flag(values.apply(EMAIL_VERIFIED)),
                values.apply(CUSTOMER),
                given(values));
    }

    private static AccountRef account(Function<String, @Nullable String> values) {
        AccountRef account = named(values);
        if (account.deleted()) {
            throw new IllegalArgumentException("accounts of type deleted are those that were deleted");
        }
        return account;
    }

    private static AccountRef named(Function<String, @Nullable String> values) {
        String whole = values.apply(ACCOUNT);
        if (whole != null) {
            return AccountRef.parse(whole);
        }
        String type = values.apply(ACCOUNT_TYPE);
        String id = values.apply(ACCOUNT_ID);
        if (type == null || id == null) {
            throw new IllegalArgumentException("it names no account");
        }
        return AccountRef.of(type, id);
    }

    private static ImportRow.@Nullable Given given(Function<String, @Nullable String> values) {
        String plan = values.apply(PLAN);
        if (plan != null) {
            String reason = values.apply(REASON);
            return new ImportRow.Given(
                    PlanKey.of(plan), units(values.apply(UNITS)), until(values.apply(UNTIL)), reason);
        }
        for (String column : List.of(UNITS, UNTIL, REASON)) {
            if (values.apply(column) != null) {
                throw new IllegalArgumentException("column " + column + " is filled, and column plan is not");
            }
        }
        return null;
    }

    private static boolean flag(@Nullable String value) {
        String lower = value == null ? "no" : value.toLowerCase(Locale.ROOT);
        if (!YES.contains(lower) && !NO.contains(lower)) {
            throw new IllegalArgumentException("column email_verified holds neither true nor false");
        }
        return YES.contains(lower);
    }

    private static long units(@Nullable String value) {
        if (value == null) {
            return 1;
        }
        if (!value.matches("\\d{1,12}")) {
            throw new IllegalArgumentException("column units holds no number");
        }
        return Long.parseLong(value);
    }

    private static @Nullable Instant until(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return value.length() <= "2027-06-01".length()
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("column until holds no time like 2027-06-01 or 2027-06-01T12:00:00Z", e);
        }
    }
}
