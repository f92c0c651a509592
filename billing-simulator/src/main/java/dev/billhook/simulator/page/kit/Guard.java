package dev.billhook.simulator.page.kit;

import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a page refuses into a page that says so. */
public final class Guard implements PageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final Templates templates;
    private final PageHandler inner;

    public Guard(Templates templates, PageHandler inner) {
        this.templates = templates;
        this.inner = inner;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        if (!METHODS.contains(request.method())) {
            return templates.message(405, "Not possible", "A page is read with GET and sent with POST.");
        }
        try {
            return inner.handle(request);
        } catch (NoSuchPageException e) {
            return templates.message(404, "Nothing here", e.getMessage());
        } catch (ApiError e) {
            return templates.message(
                    e.status() == 404 ? 404 : 400, "That did not work", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("page {} {} failed", request.method(), request.path(), e);
            return templates.message(500, "The simulator failed", "Its log says why.");
        }
    }
}
