package dev.billhook.internal.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the help desk sends, and writes what it gets. */
final class Postman {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\"'\\\\<>]{1,64}@[^\\s@\"'\\\\<>]{1,255}");
    private static final int MOST = 10;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Postman() {}

    /** The customer's addresses in small letters, the first one first; none if the body is not as it must be. */
    static Set<String> emails(byte[] body) {
        Set<String> emails = new LinkedHashSet<>();
        try {
            JsonNode customer = JSON.readTree(body).path("customer");
            add(customer.path("email"), emails);
            customer.path("emails").forEach(each -> add(each, emails));
        } catch (IOException | RuntimeException noJson) {
            // The parser's message quotes the body, so it is not passed on.
            return Set.of();
        }
        return emails;
    }

    /** Whether a text is an e-mail address, as far as one can tell. */
    static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    private static void add(JsonNode text, Set<String> emails) {
        if (text.isTextual() && isEmail(text.textValue().strip()) && emails.size() < MOST) {
            emails.add(text.textValue().strip().toLowerCase(Locale.ROOT));
        }
    }

    static String json(String name, String value) {
        try {
            return JSON.writeValueAsString(Map.of(name, value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
