package dev.billhook.trial;

import java.util.Locale;
import java.util.Set;

/**
 * The form under which e-mail addresses of one mailbox are the same: case does not count, nor does what follows a plus sign,
 * nor do dots at Google. Pure.
 */
final class EmailForm {
    private static final Set<String> DOTLESS = Set.of("gmail.com", "googlemail.com");

    private EmailForm() {}

    static String of(String email) {
        String text = lower(email);
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return text;
        }
        String domain = text.substring(at + 1);
        String local = text.substring(0, at);
        int plus = local.indexOf('+');
        if (plus > 0) {
            local = local.substring(0, plus);
        }
        return DOTLESS.contains(domain) ? local.replace(".", "") + "@gmail.com" : local + "@" + domain;
    }

    static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
