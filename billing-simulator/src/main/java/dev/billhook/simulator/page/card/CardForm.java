package dev.billhook.simulator.page.card;

import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.http.PageRequest;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The card fields of a form as they were typed, and what is wrong with them.
 *
 * @param number typed card number
 * @param expiry typed expiry, month first
 * @param name typed name
 * @param errors one message per field name; empty when the card can be tried
 */
public record CardForm(String number, String expiry, String name, Map<String, String> errors) {
    private static final Pattern EXPIRY = Pattern.compile("(\\d{1,2})\\s*[/\\-. ]\\s*(\\d{2}|\\d{4})|(\\d{2})(\\d{2})");
    private static final int MAX_YEARS_AHEAD = 50;

    /** A form nobody has filled in yet. */
    public static final CardForm EMPTY = new CardForm("", "", "", Map.of());

    public CardForm {
        errors = Map.copyOf(errors);
    }

    /** The outcome of reading a form: the card when nothing is wrong. */
    public record Reading(CardForm form, @Nullable CardInput card) {}

    /** Reads the fields of a form that was sent; expiry is judged by simulated time. */
    public static Reading read(PageRequest request, @Nullable String email, long nowSecond) {
        String number = request.field("card_number");
        String expiry = request.field("card_expiry");
        String cvc = request.field("card_cvc");
        String name = request.field("card_name");
        Map<String, String> errors = new LinkedHashMap<>();
        String digits = number.replaceAll("[\\s-]", "");
        put(errors, "card_number", numberError(digits));
        YearMonth month = month(expiry);
        put(errors, "card_expiry", expiryError(expiry, month, nowSecond));
        put(errors, "card_cvc", cvcError(digits, cvc));
        if (name.isEmpty()) {
            errors.put("card_name", "Enter the name on the card.");
        }
        CardForm form = new CardForm(number, expiry, name, errors);
        if (month == null || !errors.isEmpty()) {
            return new Reading(form, null);
        }
        CardInput card = new CardInput(digits, month.getMonthValue(), month.getYear(), cvc, name, email, null, null);
        return new Reading(form, card);
    }

    /** The form for another try after the card was refused: what belongs to the card is empty again. */
    public CardForm forAnotherCard() {
        return new CardForm("", "", name, errors);
    }

    /** The message about a field, or null. */
    public @Nullable String error(String field) {
        return errors.get(field);
    }

    private static @Nullable String numberError(String digits) {
        if (digits.isEmpty()) {
            return "Enter a card number.";
        }
        if (!digits.matches("[0-9]{12,19}")) {
            return "A card number has 12 to 19 digits.";
        }
        return passesLuhn(digits) ? null : "This card number is not valid.";
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static @Nullable YearMonth month(String expiry) {
        Matcher matcher = EXPIRY.matcher(expiry);
        if (!matcher.matches()) {
            return null;
        }
        boolean separated = matcher.group(1) != null;
        int month = Integer.parseInt(separated ? matcher.group(1) : matcher.group(3));
        int year = Integer.parseInt(separated ? matcher.group(2) : matcher.group(4));
        return month < 1 || month > 12 ? null : YearMonth.of(year < 100 ? 2000 + year : year, month);
    }

    private static @Nullable String expiryError(String typed, @Nullable YearMonth month, long nowSecond) {
        if (typed.isEmpty()) {
            return "Enter the expiry date.";
        }
        if (month == null) {
            return "Write the expiry as month and year, for example 12 / 34.";
        }
        YearMonth present = YearMonth.from(Instant.ofEpochSecond(nowSecond).atZone(ZoneOffset.UTC));
        if (month.isBefore(present)) {
            return "This expiry date is in the past.";
        }
        return month.isAfter(present.plusYears(MAX_YEARS_AHEAD)) ? "This expiry date is too far ahead." : null;
    }

    private static @Nullable String cvcError(String digits, String cvc) {
        if (cvc.isEmpty()) {
            return "Enter the security code.";
        }
        int length = digits.startsWith("34") || digits.startsWith("37") ? 4 : 3;
        return cvc.matches("[0-9]{" + length + "}") ? null : "The security code has " + length + " digits.";
    }

    private static void put(Map<String, String> errors, String field, @Nullable String message) {
        if (message != null) {
            errors.put(field, message);
        }
    }
}
