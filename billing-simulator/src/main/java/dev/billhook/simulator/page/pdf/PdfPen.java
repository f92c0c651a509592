package dev.billhook.simulator.page.pdf;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** Writes down the pages of a document, and begins a new one where the present one is full. Measures are points. */
final class PdfPen {
    static final float LEFT = 56;
    static final float RIGHT = PDRectangle.A4.getWidth() - 56;
    private static final float TOP = PDRectangle.A4.getHeight() - 64;
    private static final float BOTTOM = 72;
    private static final float FOOT = 40;
    private static final float FOOT_SIZE = 8;
    private static final float LEADING = 1.4f;
    private static final float WEIGHT = 0.025f;
    private static final float GREY = 0.4f;

    private final PDDocument document;
    private final PdfType type;
    private PDPageContentStream page;
    private float y = TOP;

    PdfPen(PDDocument document, PdfType type) throws IOException {
        this.document = document;
        this.type = type;
        this.page = newPage();
    }

    PdfType type() {
        return type;
    }

    /** Leaves room. */
    void skip(float height) {
        y -= height;
    }

    /** Begins a new page unless this height is left; returns whether it did. */
    boolean require(float height) throws IOException {
        if (y - height >= BOTTOM) {
            return false;
        }
        page.close();
        page = newPage();
        y = TOP;
        return true;
    }

    /** The height of a line of text. */
    static float lineHeight(float size) {
        return size * LEADING;
    }

    /** Writes a line at the present height, from the left. */
    void write(String text, float x, Style style) throws IOException {
        write(page, type.printable(text), x, y, style);
    }

    /** Writes a line at the present height that ends here. */
    void writeTo(String text, float right, Style style) throws IOException {
        String printable = type.printable(text);
        write(page, printable, right - type.width(printable, style.size()), y, style);
    }

    /** Writes lines below each other and moves on below them; each begins a new page where it must. */
    void paragraph(List<String> lines, float x, Style style) throws IOException {
        for (String line : lines) {
            require(lineHeight(style.size()));
            write(line, x, style);
            skip(lineHeight(style.size()));
        }
    }

    /** Draws a line across the page, a little above the next text. */
    void rule() throws IOException {
        page.setStrokingColor(0.8f);
        page.setLineWidth(0.5f);
        page.moveTo(LEFT, y);
        page.lineTo(RIGHT, y);
        page.stroke();
    }

    /** Writes the foot of every page, and ends. */
    void finish(String name) throws IOException {
        page.close();
        int count = document.getNumberOfPages();
        for (int i = 0; i < count; i++) {
            Style foot = new Style(FOOT_SIZE, false, true);
            try (PDPageContentStream stream =
                    new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
                write(stream, type.printable(name), LEFT, FOOT, foot);
                String number = "Page " + (i + 1) + " of " + count;
                write(stream, number, RIGHT - type.width(number, FOOT_SIZE), FOOT, foot);
            }
        }
    }

    /** How a text looks; bold is drawn with a stroke around the letters. */
    record Style(float size, boolean bold, boolean muted) {
        static final Style PLAIN = new Style(9.5f, false, false);
        static final Style STRONG = new Style(9.5f, true, false);
        static final Style MUTED = new Style(8.5f, false, true);
        static final Style TITLE = new Style(20, true, false);
    }

    private PDPageContentStream newPage() throws IOException {
        PDPage next = new PDPage(PDRectangle.A4);
        document.addPage(next);
        return new PDPageContentStream(document, next);
    }

    private void write(PDPageContentStream stream, String text, float x, float height, Style style) throws IOException {
        if (text.isBlank()) {
            return;
        }
        float grey = style.muted() ? GREY : 0;
        stream.beginText();
        stream.setFont(type.font(), style.size());
        stream.setNonStrokingColor(grey);
        stream.setStrokingColor(grey);
        stream.setLineWidth(style.size() * WEIGHT);
        stream.setRenderingMode(style.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        stream.newLineAtOffset(x, height);
        stream.showText(text);
        stream.endText();
    }
}
