package dev.billhook.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last word of a build: {@code ContractCheck <this module> <recordings> <since> <Stripe's samples>}. What cannot be compared
 * on this machine is named in a line and left out; any violation fails the build.
 */
final class ContractCheck {
    private final Path module;
    private final Recordings recordings;
    private final List<Violation> violations = new ArrayList<>();

    private ContractCheck(Path module, Recordings recordings) {
        this.module = module;
        this.recordings = recordings;
    }

    public static void main(String[] args) throws IOException {
        Recordings recordings = Recordings.since(Instant.parse(args[2]), Path.of(args[1]));
        if (recordings.files().isEmpty()) {
            System.out.println("Contract: skipped, no tests were run");
            return;
        }
        ContractCheck check = new ContractCheck(Path.of(args[0]), recordings);
        check.types();
        check.samples(Path.of(args[3]));
        check.coverage();
        if (!check.violations.isEmpty()) {
            check.violations.forEach(System.err::println);
            System.exit(1);
        }
    }

    private void types() throws IOException {
        String missing = new NodeTools(module).missing();
        if (missing != null) {
            System.out.println("Contract: skipped, " + missing);
            return;
        }
        TypeCheck types = TypeCheck.of(recordings, module, module.resolve("target/literals"));
        violations.addAll(types.violations());
        System.out.printf(
                "Contract: %d endpoints, %d shapes, %d requests, %d violations%n",
                types.endpoints(),
                types.shapes(),
                types.requests(),
                types.violations().size());
    }

    private void samples(Path file) throws IOException {
        if (!Files.exists(file)) {
            System.out.println("Samples: skipped, Stripe's samples are not at hand");
            return;
        }
        GoldenSamples samples = GoldenSamples.read(file);
        recordings.forEach(samples::compare);
        violations.addAll(samples.violations());
        System.out.printf(
                "Samples: %d objects, %d violations%n",
                samples.compared().size(), samples.violations().size());
    }

    private void coverage() throws IOException {
        RouteCoverage coverage = new RouteCoverage();
        recordings.forEach((module, recorded) -> coverage.count(recorded));
        List<String> missing = coverage.missing();
        Files.write(Files.createDirectories(module.resolve("target")).resolve("routes-without-answer.txt"), missing);
        System.out.printf("Routes: %d without a recorded answer%n", missing.size());
    }
}
