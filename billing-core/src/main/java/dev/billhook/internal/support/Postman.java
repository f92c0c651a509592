package dev.billhook.internal.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what the help desk sends, and writes what it gets. */
final class Postman {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\"\\\\<>]{1,64}@[^\\s@\"'\\\\<>]{1,255}");
    private static final int MOST = 10;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Postman() {}

    /** The customer's addresses as they are written, each once, the first one first; none if the body is not as it must be. */
    static List<String> emails(byte[] body) {
        Map<String, String> emails = new LinkedHashMap<>();
        try {
            JsonNode customer = JSON.readTree(body).path("customer");
            add(customer.path("email"), emails);
            customer.path("emails").forEach(each -> add(each, emails));
        } catch (IOException | RuntimeException noJson) {
            // The parser's message quotes the body, so it is not passed on.
            return List.of();
        }
        return List.copyOf(emails.values());
    }

    /** Whether a text is an e-mail address, as far as one can tell. */
    static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    private static void add(JsonNode text, Map<String, String> emails) {
        if (text.isTextual() && isEmail(text.textValue().strip()) && emails.size() < MOST) {
            emails.putIfAbsent(
                    text.textValue().strip().toLowerCase(Locale.ROOT),
                    text.textValue().strip());
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
