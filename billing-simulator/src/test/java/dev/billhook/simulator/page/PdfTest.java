package dev.billhook.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient;
import dev.billhook.simulator.page.pdf.PdfRenderer;
import dev.billhook.simulator.page.pdf.PdfSheet;
import dev.billhook.simulator.page.pdf.PdfSheet.Entry;
import dev.billhook.simulator.page.pdf.PdfSheet.Line;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Documents to print")
class PdfTest {
    @Test
    @DisplayName("an invoice can be had as PDF with number, customer, lines and amounts")
    void invoice() throws IOException, InterruptedException {
        try (Stage stage = new Stage()) {
            String subscription = stage.subscribed(stage.customer());
            String invoice = stage.api.get("/v1/subscriptions/" + subscription).text("/latest_invoice");
            String address = stage.api.get("/v1/invoices/" + invoice).text("/invoice_pdf");
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
            String number = stage.api.get("/v1/invoices/" + invoice).text("/number");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"Invoice-" + number + ".pdf\"");
            assertThat(textOf(answer.body()))
                    .contains("Invoice", number, "Jo Doe", "Pro ($12.00 per month)", "31 January 2027", "$12.00")
                    .contains("Page 1 of 1");
        }
    }

    @Test
    @DisplayName("a credit note can be had as PDF, which names the invoice it credits")
    void creditNote() throws IOException, InterruptedException {
        try (Stage stage = new Stage()) {
            String subscription = stage.subscribed(stage.customer());
            String invoice = stage.api.get("/v1/subscriptions/" + subscription).text("/latest_invoice");
            ApiClient.Answer note = stage.api.post(
                    "/v1/credit_notes",
                    "invoice=" + invoice,
                    "amount=300",
                    "credit_amount=300",
                    "reason=product_unsatisfactory",
                    "memo=Sorry about that");
            HttpResponse<byte[]> answer = fetch(note.text("/pdf"));
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"Creditnote-" + note.text("/number") + ".pdf\"");
            assertThat(textOf(answer.body()))
                    .contains("Credit note", note.text("/number"), "Jo Doe", "Total credited", "$3.00")
                    .contains(stage.api.get("/v1/invoices/" + invoice).text("/number"))
                    .contains("product unsatisfactory", "Sorry about that");
        }
    }

    @Test
    @DisplayName("an address without invoice answers a page that says so")
    void missing() {
        try (Stage stage = new Stage()) {
            assertThat(stage.browser.open("/invoice/in_none/pdf").text()).contains("no invoice");
            assertThat(stage.browser.open("/credit_note/cn_none/pdf").text()).contains("no credit note");
        }
    }

    @Test
    @DisplayName("long tables go on with their head on further pages; every page tells its number")
    void pages() throws IOException {
        List<Line> lines = IntStream.rangeClosed(1, 120)
                .mapToObj(i -> new Line("Line " + i, "detail " + i, "1", "$" + i + ".00"))
                .toList();
        byte[] pdf = PdfRenderer.render(sheet("Acme", "", lines));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            int count = document.getNumberOfPages();
            assertThat(count).isGreaterThan(3);
            for (int page = 1; page <= count; page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                assertThat(stripper.getText(document)).contains("Page " + page + " of " + count, "Description");
            }
        }
        assertThat(textOf(pdf)).contains("Line 1", "detail 120", "$120.00", "Total");
    }

    @Test
    @DisplayName("letters the font lacks become question marks; nothing else is lost, and nothing fails")
    void foreignLetters() throws IOException {
        String text = "Zażółć gęślą jaźń – Москва – Αθήνα – 東京 – \uD83D\uDE80 – \u0007 – \uD800 – a\tb\nc";
        String shown = textOf(PdfRenderer.render(sheet("株式会社 Ø", text, List.of(new Line(text, text, "½", "€ 1")))));
        assertThat(shown).contains("Zażółć gęślą jaźń", "Москва", "Αθήνα", "??", "a b", "€ 1", "Ø");
    }

    @Test
    @DisplayName("text without a place to break and empty documents are printed, too")
    void extremes() throws IOException {
        String word = "x".repeat(3_000);
        assertThat(textOf(PdfRenderer.render(sheet(word, word, List.of(new Line(word, word, "1", "$1")))))
                        .chars()
                        .filter(c -> c == 'x')
                        .count())
                .isGreaterThan(6_000);
        PdfSheet empty = new PdfSheet("", "", List.of(), List.of(), "", List.of(), List.of(), "");
        assertThat(textOf(PdfRenderer.render(empty))).contains("Page 1 of 1");
    }

    private static PdfSheet sheet(String business, String text, List<Line> lines) {
        return new PdfSheet(
                business,
                "Invoice",
                List.of(new Entry("Number", "A-1"), new Entry("Date", "1 May 2027")),
                List.of("Jo Doe", "1 Main Street"),
                text,
                lines,
                List.of(new Entry("Subtotal", "$10.00"), new Entry("Total", "$10.00")),
                text);
    }

    private static HttpResponse<byte[]> fetch(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String textOf(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
