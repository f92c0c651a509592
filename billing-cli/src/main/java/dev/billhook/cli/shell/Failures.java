package dev.billhook.cli.shell;

import dev.billhook.BillingException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/** Tells failures: the message alone, the stack trace when asked for, and an exit code. */
public final class Failures implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
    private final String program;
    private final BooleanSupplier verbose;

    /**
     * @param program what stands before every message
     * @param verbose whether stack traces are wanted
     */
    public Failures(String program, BooleanSupplier verbose) {
        this.program = program;
        this.verbose = verbose;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        tell(command.getErr(), failure);
        return failure instanceof UsageException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public int handleParseException(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        tell(err, failure);
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    private void tell(PrintWriter err, Exception failure) {
        boolean expected = failure instanceof BillingException || failure instanceof CommandLine.ParameterException;
        Throwable cause = failure instanceof CommandLine.ExecutionException ? failure.getCause() : failure;
        err.println(program + ": " + (expected ? failure.getMessage() : cause));
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(err);
        } else if (!expected) {
            err.println("This is a defect; --verbose shows where.");
        }
    }
}
