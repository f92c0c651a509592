package dev.billhook.imports;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes in users a host had before it had Billhook: makes their accounts known, links them to the customers they have at the
 * provider already, and gives access they keep. For operators: rows may name customers by the provider's ids, which nothing that
 * comes from a browser may. Thread-safe; two runs of one name at once do no harm, but do the work twice.
 *
 * <p>A row that is done already is left alone, so a second run changes nothing. Linking writes the account into the customer's
 * metadata, so that events and other servers find it, and takes the customer's subscriptions, ended ones too, into the mirror in
 * the same transaction.
 *
 * @since 0.1.0
 */
public interface AccountImport {
    /**
     * Tells what a run would do. Changes nothing, here or at the provider.
     *
     * @param lines in the order of their numbers; closed at the end
     * @param progress told of each line for which something would be done or cannot be; what it throws ends the run
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached for long, or refuses the key
     */
    ImportReport dryRun(
            ImportRequest request, Stream<? extends ImportLine> lines, Consumer<? super ImportStep> progress);

    /**
     * Does it, row by row. A run that failed or whose process died is gone on with by the next one of its name, which passes over
     * the lines that were done: give it the same ones. If the provider asks for patience, the run waits and repeats, with the same
     * request keys.
     *
     * @param lines in the order of their numbers; closed at the end
     * @param progress told of each line for which something was done or cannot be; what it throws ends the run
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached for long, or refuses the key; run again
     *     to go on
     */
    ImportReport run(ImportRequest request, Stream<? extends ImportLine> lines, Consumer<? super ImportStep> progress);

    /** Forgets how far an import got that is not to be gone on with. */
    void forget(String name);
}
