package dev.billhook.simulator.page.kit;

import dev.billhook.simulator.http.PageResponse;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Makes pages from templates; everything a template prints is escaped for HTML. Thread-safe. */
public final class Templates {
    private static final String FOLDER = "dev/billhook/simulator/page";
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';" + " frame-ancestors 'none'";

    private final PebbleEngine engine;

    public Templates() {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix(FOLDER);
        loader.setSuffix(".peb");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .defaultLocale(Locale.ENGLISH)
                .build();
    }

    /** A page with status 200, whose template sees its view as {@code view}. */
    public PageResponse page(String template, Object view) {
        return page(200, template, view);
    }

    /** A page with any status. */
    public PageResponse page(int status, String template, Object view) {
        StringWriter html = new StringWriter(8_192);
        try {
            engine.getTemplate(template).evaluate(html, Map.of("view", view));
        } catch (IOException e) {
            throw new UncheckedIOException("page " + template + " cannot be written", e);
        }
        return PageResponse.html(status, html.toString())
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin");
    }

    /** A page that only says something. */
    public PageResponse message(int status, String title, String text) {
        return page(status, "message", new Message(title, text, null, null));
    }

    /** A page that only says something and leads on to an address. */
    public PageResponse message(int status, String title, String text, String link, String label) {
        return page(status, "message", new Message(title, text, link, label));
    }
}
