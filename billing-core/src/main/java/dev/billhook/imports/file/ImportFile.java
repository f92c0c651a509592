package dev.billhook.imports.file;

import dev.billhook.BillingException;
import dev.billhook.imports.ImportLine;
import dev.billhook.internal.csv.CsvRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the rows of an import from a file of comma or semicolon separated values, a record at a time, whatever its size. The
 * first line names the columns, see {@link ImportColumns}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImportFile {
    private ImportFile() {}

    /**
     * The lines of a UTF-8 file; to be closed.
     *
     * @throws BillingException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if its first line does not name the columns
     */
    public static Stream<ImportLine> read(Path file) {
        BufferedReader reader;
        try {
            reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BillingException("Cannot read " + file + "; is there such a file?", e);
        }
        try {
            return read(reader);
        } catch (RuntimeException e) {
            close(reader);
            throw e;
        }
    }

    /**
     * The lines of a text; closing them closes the reader.
     *
     * @throws IllegalArgumentException if the first line does not name the columns
     */
    public static Stream<ImportLine> read(Reader text) {
        CsvRecords records = new CsvRecords(new BufferedReader(text));
        if (!records.hasNext()) {
            throw new IllegalArgumentException("There is no line that names the columns");
        }
        ImportColumns columns = ImportColumns.of(records.next().values());
        int order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, order), false)
                .map(record -> record.problem() == null
                        ? columns.line(record.line(), record.values())
                        : new ImportLine.Unreadable(record.line(), record.problem()))
                .onClose(() -> close(text));
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
