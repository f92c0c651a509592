package dev.billhook.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this harness, which is told lines and answers each by one. */
final class Child implements AutoCloseable {
    /** What lines for {@link #read} begin with. */
    static final String ANSWER = "= ";

    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    Child(Class<?> type, List<String> jvmOptions, String... arguments) throws IOException {
        this(jvm(type, jvmOptions, arguments));
    }

    Child(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    private static List<String> jvm(Class<?> type, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    String ask(String order) throws IOException {
        orders.println(order);
        return read();
    }

    /** The next answer; what the JVM itself says is passed over. */
    String read() throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith(ANSWER)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("A process of the harness ended; its errors are above");
        }
        return line.substring(ANSWER.length());
    }

    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
