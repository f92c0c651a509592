package dev.billhook.simulator.page;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** A browser without JavaScript: opens pages, follows links and redirects within the simulator, and sends forms by their labels. */
final class Browser {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String home;

    Browser(String home) {
        this.home = home;
    }

    /** Opens an address of the simulator. */
    Page open(String url) {
        URI address = URI.create(home).resolve(url);
        return follow(HttpRequest.newBuilder(address).GET().build());
    }

    /** Sends form fields to an address without looking at a form first. */
    Page post(String url, Map<String, String> fields) {
        String body = encoded(fields);
        return follow(HttpRequest.newBuilder(URI.create(home).resolve(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private Page follow(HttpRequest request) {
        HttpResponse<String> response = send(request);
        String location = response.headers().firstValue("Location").orElse(null);
        if (location != null && response.statusCode() == 303) {
            String target = request.uri().resolve(location).toString();
            return target.startsWith(home)
                    ? open(target)
                    : new Page(target, response.statusCode(), new Document(target));
        }
        String url = request.uri().toString();
        return new Page(url, response.statusCode(), Jsoup.parse(response.body(), url));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What the browser shows; the address of another site when it was sent there. */
    final class Page {
        private final String url;
        private final int status;
        private final Document html;
        private final Map<String, String> typed = new LinkedHashMap<>();

        private Page(String url, int status, Document html) {
            this.url = url;
            this.status = status;
            this.html = html;
        }

        String url() {
            return url;
        }

        int status() {
            return status;
        }

        String text() {
            return html.text();
        }

        String title() {
            return html.title();
        }

        Document html() {
            return html;
        }

        /** What is said about a field that was filled in wrongly. */
        String errorOf(String label) {
            String described = field(label).attr("aria-describedby");
            Element message = described.isEmpty() ? null : html.getElementById(described);
            return message == null ? "" : message.text();
        }

        /** The field with this label. */
        Element field(String label) {
            Element found = html.select("label").stream()
                    .filter(candidate -> candidate.text().equals(label))
                    .findFirst()
                    .map(candidate -> html.getElementById(candidate.attr("for")))
                    .orElse(null);
            return Objects.requireNonNull(found, () -> "no field " + label + " on " + url);
        }

        boolean hasButton(String text) {
            return button(text) != null;
        }

        Page fill(String label, String value) {
            typed.put(field(label).attr("name"), value);
            return this;
        }

        Page choose(String name, String value) {
            typed.put(name, value);
            return this;
        }

        Page card(String number) {
            return fill("Card number", number)
                    .fill("Expiry", "12 / 34")
                    .fill("CVC", "123")
                    .fill("Name on card", "Jo Doe");
        }

        /** Follows the link with this text. */
        Page click(String text) {
            return open(link(text));
        }

        /** Where the link with this text leads. */
        String link(String text) {
            return html.select("a").stream()
                    .filter(link -> link.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no link " + text + " on " + url))
                    .absUrl("href");
        }

        /** Presses the button with this text. */
        Page press(String text) {
            Element button = Objects.requireNonNull(button(text), () -> "no button " + text + " on " + url);
            String owner = button.attr("form");
            Element form = owner.isEmpty() ? button.closest("form") : html.getElementById(owner);
            Objects.requireNonNull(form, "form");
            Map<String, String> fields = new LinkedHashMap<>();
            html.select("input[name], select[name], textarea[name]").stream()
                    .filter(input -> form.equals(input.closest("form"))
                            || (!form.id().isEmpty() && form.id().equals(input.attr("form"))))
                    .filter(input ->
                            !Set.of("radio", "checkbox").contains(input.attr("type")) || input.hasAttr("checked"))
                    .forEach(input -> fields.put(input.attr("name"), valueOf(input)));
            fields.putAll(typed);
            if (button.hasAttr("name")) {
                fields.put(button.attr("name"), button.attr("value"));
            }
            String action = form.hasAttr("action") ? form.absUrl("action") : url;
            return "get".equalsIgnoreCase(form.attr("method"))
                    ? open(action + "?" + encoded(fields))
                    : post(action, fields);
        }

        private static String valueOf(Element input) {
            if (!"select".equals(input.tagName())) {
                return input.val();
            }
            Element chosen = input.selectFirst("option[selected]");
            Element first = input.selectFirst("option");
            return chosen != null ? chosen.val() : first == null ? "" : first.val();
        }

        private @Nullable Element button(String text) {
            return html.select("button:not([aria-hidden])").stream()
                    .filter(button -> button.text().equals(text))
                    .findFirst()
                    .orElse(null);
        }
    }
}
