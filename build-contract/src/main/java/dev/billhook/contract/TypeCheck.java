package dev.billhook.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Recorded documents as literals of the types in Stripe's npm package, compiled: a missing key, an unknown one, another type and
 * an undocumented word are violations.
 *
 * @param endpoints how many answered
 * @param shapes answers, parts of them and events
 * @param requests of Stripe's clients
 */
record TypeCheck(int endpoints, int shapes, int requests, List<Violation> violations) {
    /** Compiles; what is compiled is left in {@code literals} for people to read. */
    static TypeCheck of(Recordings recordings, Path module, Path literals) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(literals.toAbsolutePath().toString()));
        recordings.files().forEach(file -> arguments.add(file.toAbsolutePath().toString()));
        String printed = new NodeTools(module)
                .run(module.resolve("src/main/node/check.mjs").toAbsolutePath(), arguments);
        JsonNode result = new ObjectMapper().readTree(printed);
        List<Violation> violations = new ArrayList<>();
        result.path("violations")
                .forEach(found -> violations.add(new Violation(
                        found.path("module").asText(),
                        found.path("what").asText(),
                        found.path("key").asText(),
                        found.path("message").asText())));
        return new TypeCheck(
                result.path("endpoints").asInt(),
                result.path("shapes").asInt(),
                result.path("requests").asInt(),
                violations);
    }
}
