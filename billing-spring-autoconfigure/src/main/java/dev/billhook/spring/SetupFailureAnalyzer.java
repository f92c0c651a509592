package dev.billhook.spring;

import dev.billhook.BillingException;
import dev.billhook.catalog.CatalogException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot tell what to do, and list a catalog's errors, instead of a stack trace. */
final class SetupFailureAnalyzer extends AbstractFailureAnalyzer<BillingException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BillingException cause) {
        if (cause instanceof SetupException setup) {
            return new FailureAnalysis(setup.description(), setup.action(), setup);
        }
        return cause instanceof CatalogException catalog
                ? new FailureAnalysis(
                        String.valueOf(catalog.getMessage()),
                        "Correct the catalog; all of its errors are listed above. Its place is the property billhook.catalog.",
                        catalog)
                : null;
    }
}
