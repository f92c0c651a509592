package dev.billhook.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Node.js and the two packages the contract needs: Stripe's client and the TypeScript compiler. */
final class NodeTools {
    private static final int MINUTES = 3;
    /** Gives up soon: a build without network is to say so and go on. */
    private static final String[] INSTALL = {
        "npm",
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefer-offline",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000"
    };

    private final Path module;

    /** Packages are installed in {@code node_modules} of this folder and stay there, also when the build is cleaned. */
    NodeTools(Path module) {
        this.module = module;
    }

    /** Installs the packages if need be; returns why that is not possible, or null when everything is there. */
    @Nullable String missing() throws IOException {
        if (!succeeds("node", "--version")) {
            return "node is not installed";
        }
        if (isInstalled()) {
            return null;
        }
        if (!succeeds("npm", "--version")) {
            return "npm is not installed";
        }
        return succeeds(INSTALL) ? null : "npm cannot install Stripe's package: is the registry within reach?";
    }

    /** What a script prints. */
    String run(Path script, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!ended(process) || process.exitValue() != 0) {
            throw new IOException(script.getFileName() + " failed: " + output);
        }
        return output;
    }

    private boolean isInstalled() throws IOException {
        Path wanted = module.resolve("package-lock.json");
        Path installed = module.resolve("node_modules/.package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
    }

    private boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(Arrays.asList(command))
                    .directory(module.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return ended(process) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ended(Process process) {
        try {
            if (process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
        return false;
    }
}
