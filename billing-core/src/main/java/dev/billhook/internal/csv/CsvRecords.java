package dev.billhook.internal.csv;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file with separated values, one after the other: values may be quoted, and then hold separators, line ends and
 * doubled quotes; blank lines are passed over. Source: RFC 4180, with commas or semicolons. Used by one thread.
 */
public final class CsvRecords implements Iterator<CsvRecords.Values> {
    private static final int LONGEST = 100_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final CsvFactory FORMAT = CsvFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(LONGEST).build())
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build();

    private final CsvParser parser;
    private @Nullable Values next;

    /**
     * A record.
     *
     * @param line where it begins, counted from 1
     * @param problem why it is none, or null
     */
    public record Values(
            long line, List<String> values, @Nullable String problem) {
        /** Copies the list. */
        public Values {
            values = List.copyOf(values);
        }
    }

    /**
     * Records of the reader; the first, which has no quoted values, tells the separator: the semicolon if it has one and no comma.
     */
    public CsvRecords(BufferedReader reader) {
        try {
            skipByteOrderMark(reader);
            CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(reader));
            parser = FORMAT.createParser(reader);
            parser.setSchema(schema);
            parser.nextToken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return next != null;
    }

    @Override
    public Values next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Values values = Objects.requireNonNull(next);
        next = null;
        return values;
    }

    private @Nullable Values read() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return null;
        }
        long line = parser.currentLocation().getLineNr();
        List<String> values = new ArrayList<>();
        String problem = null;
        boolean stumbled = false;
        while (true) {
            try {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    values.add(parser.getText().replace("\r\n", "\n"));
                    stumbled = false;
                } else if (stumbled) {
                    // After any other stumble the parser goes on behind it, within the value.
                    throw new IllegalArgumentException("A quote that opens on line " + line + " is not closed");
                } else {
                    return new Values(line, problem == null ? values : List.of(), problem);
                }
            } catch (StreamConstraintsException e) {
                throw new IllegalArgumentException(
                        "A value on line " + line + " has more than " + LONGEST
                                + " characters; maybe a quote is not closed",
                        e);
            } catch (StreamReadException e) {
                problem = problem == null ? "something follows the quoted value " + (values.size() + 1) : problem;
                stumbled = true;
            }
        }
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    /** Looks at the first line that is not blank, and leaves it to be read. */
    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(LONGEST);
        StringBuilder first = new StringBuilder();
        boolean blank = true;
        for (int i = 0; i < LONGEST; i++) {
            int each = reader.read();
            if (each < 0 || (each == '\n' && !blank)) {
                break;
            }
            first.append((char) each);
            blank &= Character.isWhitespace(each);
        }
        reader.reset();
        return first.indexOf(";") >= 0 && first.indexOf(",") < 0 ? ';' : ',';
    }
}
