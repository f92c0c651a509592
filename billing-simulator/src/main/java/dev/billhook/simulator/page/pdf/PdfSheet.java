package dev.billhook.simulator.page.pdf;

import java.util.List;

/**
 * What stands on a printed document, from top to bottom. Texts may be empty, and may have several lines.
 *
 * @param business who sends it
 * @param title what it is, for example {@code Invoice}
 * @param facts number, dates and the like
 * @param recipient whom it is for, line by line
 * @param opening a text above the table
 * @param sums what is added up below the table; the last one is the total
 * @param closing a text below everything
 */
public record PdfSheet(
        String business,
        String title,
        List<Entry> facts,
        List<String> recipient,
        String opening,
        List<Line> lines,
        List<Entry> sums,
        String closing) {
    public PdfSheet {
        facts = List.copyOf(facts);
        recipient = List.copyOf(recipient);
        lines = List.copyOf(lines);
        sums = List.copyOf(sums);
    }

    /** A label and what it stands for. */
    public record Entry(String label, String value) {}

    /** A line of the table; the detail stands below the description. */
    public record Line(String description, String detail, String quantity, String amount) {}
}
