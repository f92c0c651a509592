package dev.billhook.simulator.http;

/** Answers requests for hosted pages under a path prefix. Must be thread-safe. */
@FunctionalInterface
public interface PageHandler {
    /** The page, or a redirect. */
    PageResponse handle(PageRequest request);
}
