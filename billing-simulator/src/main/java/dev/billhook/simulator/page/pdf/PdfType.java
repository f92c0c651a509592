package dev.billhook.simulator.page.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The typeface of a document: it knows Latin, Greek, Cyrillic and Hebrew letters; a question mark stands for what it does not
 * know. Embedded, so that a document looks the same everywhere.
 */
final class PdfType {
    private static final String RESOURCE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final byte[] BYTES = read();

    private final PDFont font;
    private final CmapLookup known;

    PdfType(PDDocument document) throws IOException {
        TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(BYTES));
        this.known = parsed.getUnicodeCmapLookup();
        this.font = PDType0Font.load(document, parsed, true);
    }

    PDFont font() {
        return font;
    }

    /** The text as far as it can be printed. */
    String printable(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(code -> {
            if (Character.isWhitespace(code) || Character.isSpaceChar(code) || Character.isISOControl(code)) {
                result.append(' ');
            } else if (known.getGlyphId(code) > 0) {
                result.appendCodePoint(code);
            } else {
                result.append('?');
            }
        });
        return result.toString();
    }

    /** How wide a printable text is at a size, in points. */
    float width(String printable, float size) {
        try {
            return font.getStringWidth(printable) / 1000 * size;
        } catch (IOException e) {
            throw new UncheckedIOException("the font cannot be measured", e);
        }
    }

    /** The lines a text takes within a width: broken where it says, between words, and within words that are too long. */
    List<String> wrap(String text, float size, float width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\R", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : printable(paragraph).split(" ", -1)) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (width(longer, size) > width && !line.isEmpty()) {
                    lines.add(line.toString());
                    longer = word;
                }
                line.setLength(0);
                line.append(breakUp(longer, size, width, lines));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Adds the lines that a text without a place to break fills, and returns what is left of it. */
    private String breakUp(String text, float size, float width, List<String> lines) {
        String rest = text;
        while (width(rest, size) > width) {
            int end = rest.offsetByCodePoints(0, 1);
            while (end < rest.length() && width(rest.substring(0, rest.offsetByCodePoints(end, 1)), size) <= width) {
                end = rest.offsetByCodePoints(end, 1);
            }
            if (end >= rest.length()) {
                return rest;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return rest;
    }

    private static byte[] read() {
        try (InputStream in = PDFont.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }
}
