package dev.billhook.cli;

import dev.billhook.cli.shell.Shell;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** One command, run in this process, with everything it said. */
public record CliRun(int exitCode, String out, String err) {
    /** Runs a command without environment or input. */
    public static CliRun of(String... arguments) {
        return of(Map.of(), "", arguments);
    }

    /** Runs a command. */
    public static CliRun of(Map<String, String> environment, String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                new PrintWriter(out), new PrintWriter(err), new BufferedReader(new StringReader(input)), environment);
        int exitCode = BillingCli.commandLine(shell).execute(arguments);
        return new CliRun(exitCode, lines(out), lines(err));
    }

    private static String lines(StringWriter text) {
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
