package dev.billhook.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D10 the JUnit extension with the other JUnit")
class JUnit5Test {
    private static final Path CONSOLE = Path.of("target", "junit-5", "junit-platform-console-standalone.jar");

    @Test
    @DisplayName("the tests of the extension, compiled for JUnit 6, pass with JUnit 5")
    void passes(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(CONSOLE).as("copied by the build").exists();
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().startsWith("junit-"))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsimulator.junit5=true",
                        "-cp",
                        CONSOLE + File.pathSeparator + classPath,
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--select-class=" + SimulatorExtensionTest.class.getName(),
                        "--select-class=" + RegisteredExtensionTest.class.getName(),
                        "--details=tree",
                        "--fail-if-no-tests"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).contains("5 tests successful", "0 tests failed");
    }
}
