package dev.billhook.spring;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.AccessPolicyReader;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.entitlement.AccessPolicy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Reads the catalog from wherever Spring can read. */
final class CatalogResource {
    private CatalogResource() {}

    static boolean exists(ResourceLoader loader, String location) {
        return loader.getResource(location).exists();
    }

    static Catalog read(ResourceLoader loader, String location) {
        Resource resource = loader.getResource(location);
        if (!resource.exists()) {
            throw new SetupException(
                    "There is no catalog at '" + location + "'.",
                    "Write what you sell into src/main/resources/billhook.yaml, name another resource in billhook.catalog, "
                            + "or declare a bean of type " + Catalog.class.getName() + ".");
        }
        return parse(resource, location, CatalogReader::read);
    }

    /** The policy of the file; the standard one if there is no file, because the host's catalog is a bean. */
    static AccessPolicy accessPolicy(ResourceLoader loader, String location) {
        Resource resource = loader.getResource(location);
        return resource.exists() ? parse(resource, location, AccessPolicyReader::read) : AccessPolicy.STANDARD;
    }

    private static <T> T parse(Resource resource, String location, BiFunction<String, Reader, T> parser) {
        try (Reader reader = new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8)) {
            return parser.apply(location, reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The catalog at '" + location + "' cannot be read", e);
        }
    }
}
