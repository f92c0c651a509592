package dev.billhook.spring.simulator;

import java.net.URI;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The address of the running application's own webhook endpoint. */
final class OwnEndpoint {
    private OwnEndpoint() {}

    /** The address, or empty if no server runs. */
    static Optional<URI> of(Environment environment, String webhookPath) {
        // Not the event that tells the port: its class moved between Spring Boot 3 and 4.
        String port = environment.getProperty("local.server.port");
        if (port == null) {
            return Optional.empty();
        }
        boolean encrypted = environment.containsProperty("server.ssl.bundle")
                || environment.containsProperty("server.ssl.key-store")
                || environment.containsProperty("server.ssl.certificate");
        return Optional.of(URI.create((encrypted ? "https" : "http") + "://" + host(environment) + ":" + port
                + prefix(environment, "server.servlet.context-path")
                + prefix(environment, "spring.mvc.servlet.path")
                + webhookPath));
    }

    private static String host(Environment environment) {
        String address = environment.getProperty("server.address", "");
        boolean everywhere = address.isEmpty() || "0.0.0.0".equals(address) || "::".equals(address);
        return everywhere ? "localhost" : address.contains(":") ? "[" + address + "]" : address;
    }

    private static String prefix(Environment environment, String property) {
        String path = environment.getProperty(property, "");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
