package dev.billhook.simulator.page;

import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet of the pages. */
final class AssetPage implements PageHandler {
    private static final String NAME = "page.css";

    private final byte[] styles;

    AssetPage() {
        try (InputStream in = AssetPage.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is missing from the class path");
            }
            this.styles = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(NAME + " cannot be read", e);
        }
    }

    @Override
    public PageResponse handle(PageRequest request) {
        if (request.path().equals("/assets/" + NAME)) {
            return PageResponse.of(200, "text/css; charset=utf-8", styles).with("Cache-Control", "max-age=300");
        }
        return PageResponse.of(404, "text/plain; charset=utf-8", "not found\n".getBytes(StandardCharsets.UTF_8));
    }
}
