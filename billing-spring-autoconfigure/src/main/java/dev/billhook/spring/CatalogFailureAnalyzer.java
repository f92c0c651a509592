package dev.billhook.spring;

import dev.billhook.catalog.CatalogException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot list a catalog's errors instead of a stack trace. */
final class CatalogFailureAnalyzer extends AbstractFailureAnalyzer<CatalogException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CatalogException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct the catalog; all of its errors are listed above. Its place is the property billhook.catalog.",
                cause);
    }
}
