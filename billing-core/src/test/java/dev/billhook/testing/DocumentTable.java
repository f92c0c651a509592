package dev.billhook.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Tables of the documents that say what the code does, for tests that hold it to that. */
public final class DocumentTable {
    private DocumentTable() {}

    /**
     * The rows of a table that is marked with its name, each as its cells without code marks.
     *
     * @param document the name of a file in docs
     * @param table the name in the comment above the table
     */
    public static List<List<String>> rows(String document, String table) {
        List<List<String>> rows = lines(document).stream()
                .dropWhile(line -> !line.equals("<!-- table: " + table + " -->"))
                .skip(3)
                .takeWhile(line -> line.startsWith("|"))
                .map(DocumentTable::cells)
                .toList();
        assertThat(rows).as("the table %s of %s", table, document).isNotEmpty();
        return rows;
    }

    private static List<String> lines(String document) {
        try {
            return Files.readAllLines(Path.of("..", "docs", document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|"))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }
}
