package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Quote;
import com.stripe.param.QuoteCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Quotes")
class QuoteTest extends ApiTest {

    QuoteTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a quote is drafted, finalized with a number and accepted, which makes a paid subscription")
    void accepted() {
        String customer = shop.customer();
        Answer draft = quote(
                "customer=" + customer,
                "line_items[0][price]=" + shop.monthly(1000),
                "line_items[0][quantity]=3",
                "line_items[1][price]=" + shop.oneTime(500),
                "subscription_data[description]=For the team",
                "subscription_data[metadata][deal]=7",
                "metadata[crm]=42");
        assertThat(draft.text("/status")).isEqualTo("draft");
        assertThat(draft.body().path("number").isNull()).isTrue();
        assertThat(draft.number("/amount_total")).isEqualTo(3500);
        assertThat(draft.number("/computed/upfront/amount_total")).isEqualTo(3500);
        assertThat(draft.number("/computed/recurring/amount_total")).isEqualTo(3000);
        assertThat(draft.text("/computed/recurring/interval")).isEqualTo("month");
        assertThat(api.get("/v1/subscriptions", "customer=" + customer).body().path("data"))
                .isEmpty();

        Answer open = act(draft, "finalize");
        assertThat(open.text("/number"))
                .isEqualTo("QT-" + api.get("/v1/customers/" + customer).text("/invoice_prefix") + "-0001-1");
        Answer accepted = act(draft, "accept");
        assertThat(accepted.text("/status")).isEqualTo("accepted");
        Answer subscription = shop.subscription(accepted.text("/subscription"));
        assertThat(subscription.text("/status")).isEqualTo("active");
        assertThat(subscription.text("/description")).isEqualTo("For the team");
        assertThat(subscription.text("/metadata/deal")).isEqualTo("7");
        assertThat(subscription.number("/items/data/0/quantity")).isEqualTo(3);
        Answer invoice = api.get("/v1/invoices/" + subscription.text("/latest_invoice"));
        assertThat(invoice.number("/amount_paid")).isEqualTo(3500);
        assertThat(quoteEvents()).containsExactly("quote.created", "quote.finalized", "quote.accepted");
        assertThat(act(draft, "accept").status()).isEqualTo(400);
        assertThat(act(draft, "cancel").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("trials, discounts and pending items: what is offered is what is charged")
    void totals() {
        String once = api.post("/v1/coupons", "percent_off=50", "duration=once").id();
        String always =
                api.post("/v1/coupons", "percent_off=10", "duration=forever").id();
        String customer = shop.customer();
        Answer draft = quote(
                "customer=" + customer,
                "line_items[0][price]=" + shop.monthly(1000),
                "line_items[1][price]=" + shop.oneTime(500),
                "discounts[0][coupon]=" + once,
                "discounts[1][coupon]=" + always,
                "subscription_data[trial_period_days]=14",
                "expand[]=discounts",
                "expand[]=line_items");
        assertThat(draft.number("/amount_subtotal")).isEqualTo(1500);
        assertThat(draft.number("/amount_total")).isEqualTo(675);
        assertThat(draft.number("/total_details/amount_discount")).isEqualTo(825);
        assertThat(draft.number("/computed/upfront/amount_total")).isEqualTo(225);
        assertThat(draft.number("/computed/recurring/amount_total")).isEqualTo(900);
        assertThat(draft.text("/discounts/0/source/coupon")).isEqualTo(once);
        assertThat(draft.number("/line_items/data/0/amount_subtotal")).isEqualTo(1000);
        assertThat(api.get("/v1/coupons/" + once).number("/times_redeemed")).isZero();
        Answer upfront = api.get("/v1/quotes/" + draft.id() + "/computed_upfront_line_items");
        assertThat(upfront.number("/data/0/amount_total")).isZero();
        assertThat(upfront.number("/data/1/amount_total")).isEqualTo(225);
        act(draft, "finalize");
        Answer subscription = shop.subscription(act(draft, "accept").text("/subscription"));
        assertThat(subscription.text("/status")).isEqualTo("trialing");
        assertThat(api.get("/v1/invoices/" + subscription.text("/latest_invoice"))
                        .number("/amount_paid"))
                .isEqualTo(225);
        assertThat(api.get("/v1/coupons/" + once).number("/times_redeemed")).isEqualTo(1);
    }

    @Test
    @DisplayName("a quote without anything recurring becomes a draft invoice of the same amount")
    void oneOff() {
        String code = api.post("/v1/coupons", "amount_off=100", "currency=usd").id();
        String customer = shop.customer();
        api.post("/v1/invoiceitems", "customer=" + customer, "currency=usd", "amount=77");
        Answer draft = quote(
                "customer=" + customer,
                "line_items[0][price]=" + shop.oneTime(500),
                "line_items[0][quantity]=2",
                "line_items[1][price_data][currency]=usd",
                "line_items[1][price_data][product]=" + shop.product("Setup"),
                "line_items[1][price_data][unit_amount]=250",
                "discounts[0][coupon]=" + code,
                "collection_method=send_invoice",
                "invoice_settings[days_until_due]=14",
                "invoice_settings[footer]=Thanks");
        assertThat(draft.number("/amount_subtotal")).isEqualTo(1250);
        assertThat(draft.number("/amount_total")).isEqualTo(1150);
        assertThat(draft.body().at("/computed/recurring").isNull()).isTrue();
        act(draft, "finalize");
        Answer accepted = act(draft, "accept");
        assertThat(accepted.body().path("subscription").isNull()).isTrue();
        Answer invoice = api.get("/v1/invoices/" + accepted.text("/invoice"));
        assertThat(invoice.text("/status")).isEqualTo("draft");
        assertThat(invoice.number("/total")).isEqualTo(1150);
        assertThat(invoice.text("/footer")).isEqualTo("Thanks");
        assertThat(invoice.text("/parent/quote_details/quote")).isEqualTo(draft.id());
        assertThat(api.get("/v1/coupons/" + code).number("/times_redeemed")).isEqualTo(1);
        Answer open = api.post("/v1/invoices/" + invoice.id() + "/finalize");
        assertThat(open.number("/amount_due")).isEqualTo(1150);
        assertThat(api.get("/v1/invoiceitems", "pending=true").body().path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("a quote can be drafted bit by bit, the customer last")
    void bitByBit() {
        Answer draft = quote();
        assertThat(draft.body().path("currency").isNull()).isTrue();
        assertThat(draft.number("/amount_total")).isZero();
        assertThat(act(draft, "finalize").text("/error/param")).isEqualTo("customer");
        Answer filled = change(
                draft,
                "line_items[0][price_data][currency]=usd",
                "line_items[0][price_data][product]=" + shop.product("Pro"),
                "line_items[0][price_data][unit_amount]=700",
                "line_items[0][price_data][recurring][interval]=year",
                "header=Hello",
                "expand[]=line_items");
        assertThat(filled.number("/amount_total")).isEqualTo(700);
        assertThat(filled.text("/line_items/data/0/description")).isEqualTo("Pro");
        Answer more = change(
                draft,
                "line_items[0][id]=" + filled.text("/line_items/data/0/id"),
                "line_items[0][quantity]=2",
                "line_items[1][price]=" + shop.oneTime(100));
        assertThat(more.number("/amount_total")).isEqualTo(1500);
        String customer = shop.customer();
        assertThat(change(draft, "customer=" + customer).text("/customer")).isEqualTo(customer);
        assertThat(change(draft, "customer=" + shop.customer()).text("/error/param"))
                .isEqualTo("customer");
        assertThat(api.get("/v1/customers").body().path("data")).hasSize(2);
        act(draft, "finalize");
        assertThat(change(draft, "header=Late").text("/error/param")).isEqualTo("header");
        assertThat(act(draft, "accept").text("/status")).isEqualTo("accepted");
        assertThat(api.get("/v1/quotes/" + draft.id() + "/line_items").body().path("data"))
                .hasSize(2);
    }

    @Test
    @DisplayName("a quote expires when its time has come, be it a draft or open, but not when it was accepted")
    void expiry() {
        String customer = shop.customer();
        String line = "line_items[0][price]=" + shop.monthly(1000);
        Answer standing = quote("customer=" + customer, line);
        assertThat(standing.number("/expires_at"))
                .isEqualTo(simulator.now().plus(Duration.ofDays(30)).getEpochSecond());
        Answer longer = quote("customer=" + customer, line);
        act(longer, "finalize");
        change(longer, "expires_at=" + simulator.now().plus(Duration.ofDays(60)).getEpochSecond());
        Answer accepted = quote("customer=" + customer, line);
        act(accepted, "finalize");
        act(accepted, "accept");
        simulator.advance(Duration.ofDays(31));
        assertThat(status(standing)).isEqualTo("canceled");
        assertThat(status(longer)).isEqualTo("open");
        simulator.advance(Duration.ofDays(30));
        assertThat(status(longer)).isEqualTo("canceled");
        assertThat(status(accepted)).isEqualTo("accepted");
        assertThat(quoteEvents().stream().filter("quote.canceled"::equals)).hasSize(2);
        assertThat(act(longer, "accept").status()).isEqualTo(400);
        Answer withdrawn = act(quote("customer=" + customer, line), "cancel");
        assertThat(withdrawn.text("/status")).isEqualTo("canceled");
        assertThat(withdrawn.number("/status_transitions/canceled_at"))
                .isEqualTo(simulator.now().getEpochSecond());
    }

    @Test
    @DisplayName("C12 a quote that takes effect later makes a schedule, which begins what was offered on that day")
    void later() {
        String coupon =
                api.post("/v1/coupons", "percent_off=50", "duration=once").id();
        String rate = api.post("/v1/tax_rates", "display_name=VAT", "percentage=20", "inclusive=false")
                .id();
        long start = second("2027-03-15T12:00:00Z");
        Answer draft = quote(
                "customer=" + shop.customer(),
                "line_items[0][price]=" + shop.monthly(1000),
                "line_items[0][quantity]=3",
                "line_items[1][price]=" + shop.oneTime(500),
                "discounts[0][coupon]=" + coupon,
                "default_tax_rates[0]=" + rate,
                "subscription_data[effective_date]=" + start,
                "subscription_data[description]=For the team",
                "subscription_data[metadata][deal]=7");
        act(draft, "finalize");
        Answer accepted = act(draft, "accept");
        assertThat(accepted.body().path("subscription").isNull()).isTrue();
        Answer schedule = schedule(accepted);
        assertThat(schedule.text("/status")).isEqualTo("not_started");
        assertThat(schedule.number("/phases/0/start_date")).isEqualTo(start);
        assertThat(schedule.number("/phases/0/end_date")).isEqualTo(second("2027-04-15T12:00:00Z"));
        assertThat(schedule.text("/phases/0/metadata/deal")).isEqualTo("7");
        assertThat(api.get("/v1/coupons/" + coupon).number("/times_redeemed")).isZero();
        simulator.advanceTo(Instant.ofEpochSecond(start).plus(Duration.ofHours(2)));
        Answer subscription = shop.subscription(schedule(accepted).text("/subscription"));
        assertThat(subscription.text("/description")).isEqualTo("For the team");
        assertThat(subscription.text("/metadata/deal")).isEqualTo("7");
        assertThat(subscription.number("/start_date")).isEqualTo(start);
        assertThat(shop.newestInvoice(subscription.id()).number("/amount_paid"))
                .isEqualTo(draft.number("/amount_total"))
                .isEqualTo(2100);
        simulator.advanceTo(Instant.parse("2027-04-15T14:00:00Z"));
        assertThat(shop.newestInvoice(subscription.id()).number("/amount_paid")).isEqualTo(3600);
        assertThat(schedule(accepted).text("/released_subscription")).isEqualTo(subscription.id());
    }

    @Test
    @DisplayName("C12 the trial of a quote that takes effect later begins with it, and invoices are sent as offered")
    void laterWithTrial() {
        long start = second("2027-03-15T12:00:00Z");
        Answer draft = quote(
                "customer=" + shop.customer(),
                "line_items[0][price]=" + shop.monthly(1000),
                "collection_method=send_invoice",
                "invoice_settings[days_until_due]=10",
                "subscription_data[effective_date]=" + start,
                "subscription_data[trial_period_days]=45");
        act(draft, "finalize");
        Answer accepted = act(draft, "accept");
        simulator.advanceTo(Instant.ofEpochSecond(start));
        Answer subscription = shop.subscription(schedule(accepted).text("/subscription"));
        assertThat(subscription.text("/status")).isEqualTo("trialing");
        assertThat(subscription.number("/trial_end"))
                .isEqualTo(start + Duration.ofDays(45).toSeconds());
        assertThat(subscription.number("/days_until_due")).isEqualTo(10);
        assertThat(schedule(accepted).number("/phases/0/end_date")).isEqualTo(second("2027-05-29T12:00:00Z"));
    }

    @Test
    @DisplayName("C12 a date that has passed when the quote is accepted is ignored")
    void effectiveDatePassed() {
        Answer draft = quote(
                "customer=" + shop.customer(),
                "line_items[0][price]=" + shop.monthly(1000),
                "subscription_data[effective_date]=" + second("2027-03-15T12:00:00Z"));
        act(draft, "finalize");
        change(draft, "expires_at=" + second("2027-06-01T00:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-03-16T00:00:00Z"));
        Answer accepted = act(draft, "accept");
        assertThat(accepted.body().path("subscription_schedule").isNull()).isTrue();
        assertThat(shop.subscription(accepted.text("/subscription")).text("/status"))
                .isEqualTo("active");
    }

    @Test
    @DisplayName("a revision has the number's next last part and takes the place of what it revises")
    void revision() {
        String customer = shop.customer();
        Answer first = quote("customer=" + customer, "line_items[0][price]=" + shop.monthly(1000), "header=Hello");
        assertThat(quote("from_quote[quote]=" + first.id(), "from_quote[is_revision]=true")
                        .text("/error/param"))
                .isEqualTo("from_quote[is_revision]");
        act(first, "finalize");
        Answer revision = quote("from_quote[quote]=" + first.id(), "from_quote[is_revision]=true");
        assertThat(revision.text("/header")).isEqualTo("Hello");
        assertThat(revision.number("/amount_total")).isEqualTo(1000);
        change(revision, "line_items[0][price]=" + shop.monthly(900));
        assertThat(act(revision, "finalize").text("/number")).endsWith("-0001-2");
        assertThat(status(first)).isEqualTo("canceled");
        Answer clone = quote("from_quote[quote]=" + first.id());
        assertThat(clone.body().at("/from_quote/is_revision").asBoolean()).isFalse();
        assertThat(act(clone, "finalize").text("/number")).endsWith("-0002-1");
        assertThat(status(revision)).isEqualTo("open");
        assertThat(quote("from_quote[quote]=" + first.id(), "header=No").text("/error/param"))
                .isEqualTo("header");
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @DisplayName("a quote that makes no sense is refused, naming the parameter")
    @CsvSource({
        "customer=cus_none, customer, resource_missing",
        "line_items[0][price]=price_none, line_items[0][price], resource_missing",
        "line_items[0][quantity]=1, line_items[0][price], parameter_missing",
        "expires_at=1, expires_at, ''",
        "collection_method=by_post, collection_method, ''",
        "discounts[0][coupon]=none, discounts[0][coupon], resource_missing",
        "invoice_settings[days_until_due]=5, invoice_settings[days_until_due], ''",
        "subscription_data[effective_date]=current_period_end, subscription_data[effective_date], ''",
        "from_quote[quote]=qt_none, from_quote[quote], resource_missing",
        "default_tax_rates[0]=txr_none, default_tax_rates, resource_missing",
        "colour=red, colour, parameter_unknown",
    })
    void refused(String params, String param, String code) {
        Answer answer = quote(params.split("&"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(api.get("/v1/quotes").body().path("data")).isEmpty();
    }

    @Test
    @DisplayName("a customer who cannot pay keeps the quote open; one who is sent the invoice need not pay at once")
    void payment() {
        String poor = api.post("/v1/customers", "email=poor@example.com").id();
        String line = "line_items[0][price]=" + shop.monthly(1000);
        Answer draft = quote("customer=" + poor, line);
        act(draft, "finalize");
        assertThat(act(draft, "accept").text("/error/code")).isEqualTo("resource_missing");
        assertThat(status(draft)).isEqualTo("open");
        Answer sent = quote("customer=" + poor, line, "collection_method=send_invoice");
        assertThat(sent.number("/invoice_settings/days_until_due")).isEqualTo(30);
        act(sent, "finalize");
        Answer subscription = shop.subscription(act(sent, "accept").text("/subscription"));
        assertThat(subscription.text("/status")).isEqualTo("active");
        assertThat(subscription.number("/days_until_due")).isEqualTo(30);
    }

    @Test
    @DisplayName("quotes are listed by customer and status and live on their customer's test clock")
    void lists() {
        String clock = api.post("/v1/test_helpers/test_clocks", "frozen_time=1900000000")
                .id();
        String customer = api.post("/v1/customers", "test_clock=" + clock).id();
        Answer draft = quote("customer=" + customer, "line_items[0][price]=" + shop.monthly(1000));
        assertThat(draft.text("/test_clock")).isEqualTo(clock);
        assertThat(draft.number("/created")).isEqualTo(1_900_000_000);
        quote("customer=" + shop.customer());
        assertThat(api.get("/v1/quotes").body().path("data")).hasSize(2);
        assertThat(api.get("/v1/quotes", "customer=" + customer).text("/data/0/id"))
                .isEqualTo(draft.id());
        assertThat(api.get("/v1/quotes", "status=open").body().path("data")).isEmpty();
        api.post("/v1/test_helpers/test_clocks/" + clock + "/advance", "frozen_time=1903000000");
        assertThat(status(draft)).isEqualTo("canceled");
    }

    @Test
    @DisplayName("Stripe's own Java client quotes, finalizes, downloads the PDF and accepts")
    void javaClient() throws StripeException, IOException {
        StripeClient stripe = StripeClients.of(simulator);
        Quote quote = stripe.v1()
                .quotes()
                .create(QuoteCreateParams.builder()
                        .setCustomer(shop.customer())
                        .setHeader("An offer for you")
                        .setFooter("Terms apply")
                        .addLineItem(QuoteCreateParams.LineItem.builder()
                                .setPrice(shop.monthly(1200))
                                .setQuantity(2L)
                                .build())
                        .addExpand("line_items")
                        .build());
        assertThat(quote.getLineItems().getData()).hasSize(1);
        assertThat(quote.getComputed().getRecurring().getAmountTotal()).isEqualTo(2400);
        assertThat(pdfStatus(quote.getId())).isEqualTo(400);
        Quote open = stripe.v1().quotes().finalizeQuote(quote.getId());
        try (InputStream pdf = stripe.v1().quotes().pdf(quote.getId());
                PDDocument document = Loader.loadPDF(pdf.readAllBytes())) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains(open.getNumber(), "Jane", "An offer for you", "Terms apply", "Plan at 1200")
                    .contains("$24.00 per month", "Total due first");
        }
        Quote accepted = stripe.v1().quotes().accept(quote.getId());
        assertThat(accepted.getStatus()).isEqualTo("accepted");
        assertThat(accepted.getSubscription()).startsWith("sub_");
    }

    private int pdfStatus(String id) {
        return api.get("/v1/quotes/" + id + "/pdf").status();
    }

    private Answer schedule(Answer quote) {
        return api.get("/v1/subscription_schedules/" + quote.text("/subscription_schedule"));
    }

    private static long second(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private Answer quote(String... params) {
        return api.post("/v1/quotes", params);
    }

    private Answer change(Answer quote, String... params) {
        return api.post("/v1/quotes/" + quote.id(), params);
    }

    private Answer act(Answer quote, String action) {
        return api.post("/v1/quotes/" + quote.id() + "/" + action);
    }

    private String status(Answer quote) {
        return api.get("/v1/quotes/" + quote.id()).text("/status");
    }

    private List<String> quoteEvents() {
        return api.eventTypes().stream()
                .filter(type -> type.startsWith("quote."))
                .toList();
    }
}
