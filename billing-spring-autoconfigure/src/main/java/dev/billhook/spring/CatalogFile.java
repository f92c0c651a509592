package dev.billhook.spring;

import dev.billhook.BillingException;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.AccessPolicyReader;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.entitlement.AccessPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * The catalog's file, wherever Spring can read. Each of these is of one moment: catalog and policy are of the same text.
 *
 * @since 0.1.0
 */
public final class CatalogFile {
    /** One more than a catalog may have, so that the reader sees that there are too many. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    private final Resource resource;
    private final String location;
    private final String text;

    private CatalogFile(Resource resource, String location, String text) {
        this.resource = resource;
        this.location = location;
        this.text = text;
    }

    /**
     * The file as it is now.
     *
     * @param location as Spring writes resources, e.g. {@code file:/etc/shop/billhook.yaml}
     * @param property what names it
     * @throws SetupException if there is none
     * @throws BillingException if it cannot be read
     */
    public static CatalogFile at(ResourceLoader loader, String location, String property) {
        Resource resource = loader.getResource(location);
        if (!resource.exists()) {
            throw new SetupException(
                    "There is no catalog at '" + location + "'.",
                    "Write what you sell into src/main/resources/billhook.yaml, name another resource in " + property
                            + ", or declare a bean of type " + Catalog.class.getName() + ".");
        }
        return new CatalogFile(resource, location, read(resource, location));
    }

    /** The file as it is by now. */
    CatalogFile again() {
        return new CatalogFile(resource, location, read(resource, location));
    }

    /** Whether nothing was changed between the two. */
    boolean sameText(CatalogFile other) {
        return text.equals(other.text);
    }

    /**
     * What it sells.
     *
     * @throws dev.billhook.catalog.CatalogException if it is not valid
     */
    public Catalog catalog() {
        return CatalogReader.read(location, new StringReader(text));
    }

    /**
     * What it says of access.
     *
     * @throws dev.billhook.catalog.CatalogException if it is not valid
     */
    public AccessPolicy accessPolicy() {
        return AccessPolicyReader.read(location, new StringReader(text));
    }

    /** Its location. */
    @Override
    public String toString() {
        return location;
    }

    private static String read(Resource resource, String location) {
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BillingException("The catalog at '" + location + "' cannot be read", e);
        }
    }
}
