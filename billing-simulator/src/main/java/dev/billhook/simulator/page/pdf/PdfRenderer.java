package dev.billhook.simulator.page.pdf;

import dev.billhook.simulator.page.pdf.PdfPen.Style;
import dev.billhook.simulator.page.pdf.PdfSheet.Entry;
import dev.billhook.simulator.page.pdf.PdfSheet.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/** Makes PDF documents from sheets: A4, as many pages as it takes. */
public final class PdfRenderer {
    private static final float VALUES = PdfPen.LEFT + 110;
    private static final float SUMS = PdfPen.RIGHT - 240;
    private static final float QUANTITY = PdfPen.RIGHT - 110;
    private static final float DESCRIPTION_WIDTH = QUANTITY - 50 - PdfPen.LEFT;
    private static final float FULL_WIDTH = PdfPen.RIGHT - PdfPen.LEFT;
    private static final float GAP = 16;

    private PdfRenderer() {}

    /** The bytes of the document. */
    public static byte[] render(PdfSheet sheet) {
        try (PDDocument document = new PDDocument()) {
            String name = name(sheet);
            PDDocumentInformation about = new PDDocumentInformation();
            about.setTitle(name);
            about.setAuthor(sheet.business());
            document.setDocumentInformation(about);
            PdfPen pen = new PdfPen(document, new PdfType(document));
            head(pen, sheet);
            text(pen, sheet.opening());
            table(pen, sheet.lines());
            sums(pen, sheet.sums());
            text(pen, sheet.closing());
            pen.finish(name);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(32_768);
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("the PDF cannot be written", e);
        }
    }

    private static String name(PdfSheet sheet) {
        return sheet.facts().isEmpty()
                ? sheet.title()
                : sheet.title() + " " + sheet.facts().get(0).value();
    }

    private static void head(PdfPen pen, PdfSheet sheet) throws IOException {
        pen.write(sheet.title(), PdfPen.LEFT, Style.TITLE);
        pen.writeTo(sheet.business(), PdfPen.RIGHT, Style.STRONG);
        pen.skip(34);
        for (Entry fact : sheet.facts()) {
            pen.write(fact.label(), PdfPen.LEFT, Style.STRONG);
            pen.paragraph(
                    pen.type().wrap(fact.value(), Style.PLAIN.size(), PdfPen.RIGHT - VALUES), VALUES, Style.PLAIN);
        }
        if (!sheet.recipient().isEmpty()) {
            pen.skip(GAP);
            pen.paragraph(List.of("For"), PdfPen.LEFT, Style.STRONG);
            for (String line : sheet.recipient()) {
                pen.paragraph(pen.type().wrap(line, Style.PLAIN.size(), FULL_WIDTH), PdfPen.LEFT, Style.PLAIN);
            }
        }
        pen.skip(GAP);
    }

    private static void text(PdfPen pen, String text) throws IOException {
        if (!text.isBlank()) {
            pen.paragraph(pen.type().wrap(text, Style.PLAIN.size(), FULL_WIDTH), PdfPen.LEFT, Style.PLAIN);
            pen.skip(GAP);
        }
    }

    private static void table(PdfPen pen, List<Line> lines) throws IOException {
        tableHead(pen);
        for (Line line : lines) {
            List<String> description = pen.type().wrap(line.description(), Style.PLAIN.size(), DESCRIPTION_WIDTH);
            if (pen.require((description.size() + 1) * PdfPen.lineHeight(Style.PLAIN.size()))) {
                tableHead(pen);
            }
            pen.writeTo(line.quantity(), QUANTITY, Style.PLAIN);
            pen.writeTo(line.amount(), PdfPen.RIGHT, Style.PLAIN);
            pen.paragraph(description, PdfPen.LEFT, Style.PLAIN);
            if (!line.detail().isBlank()) {
                pen.paragraph(
                        pen.type().wrap(line.detail(), Style.MUTED.size(), DESCRIPTION_WIDTH),
                        PdfPen.LEFT,
                        Style.MUTED);
            }
            pen.skip(4);
        }
        pen.rule();
        pen.skip(GAP);
    }

    private static void tableHead(PdfPen pen) throws IOException {
        pen.require(3 * PdfPen.lineHeight(Style.PLAIN.size()));
        pen.write("Description", PdfPen.LEFT, Style.MUTED);
        pen.writeTo("Quantity", QUANTITY, Style.MUTED);
        pen.writeTo("Amount", PdfPen.RIGHT, Style.MUTED);
        pen.skip(6);
        pen.rule();
        pen.skip(GAP);
    }

    private static void sums(PdfPen pen, List<Entry> sums) throws IOException {
        for (int i = 0; i < sums.size(); i++) {
            Style style = i == sums.size() - 1 ? Style.STRONG : Style.PLAIN;
            pen.require(PdfPen.lineHeight(style.size()));
            pen.write(sums.get(i).label(), SUMS, style);
            pen.writeTo(sums.get(i).value(), PdfPen.RIGHT, style);
            pen.skip(PdfPen.lineHeight(style.size()) + 2);
        }
        pen.skip(GAP);
    }
}
