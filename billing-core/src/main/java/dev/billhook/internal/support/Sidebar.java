package dev.billhook.internal.support;

import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.support.CustomerSummary;
import dev.billhook.support.Spend;
import dev.billhook.support.SubscriptionSummary;
import dev.billhook.support.SupportRow;
import dev.billhook.support.SupportSettings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an agent sees: HTML with the classes of Help Scout's sidebar. Every value is escaped. */
final class Sidebar {
    private final SupportSettings settings;

    Sidebar(SupportSettings settings) {
        this.settings = settings;
    }

    String of(List<CustomerSummary> customers, List<SupportRow> rows) {
        StringBuilder html = new StringBuilder(1024);
        if (customers.isEmpty()) {
            html.append("<p class=\"muted\">No customer with this address</p>");
        }
        customers.forEach(customer -> append(html, customer));
        if (!rows.isEmpty()) {
            html.append("<ul class=\"list-unstyled\">");
            rows.forEach(row -> line(html, row.label(), escaped(row.value())));
            html.append("</ul>");
        }
        return html.toString();
    }

    /** What is shown where nobody can be asked. */
    static String away() {
        return "<p class=\"muted\">Billing cannot be reached now; load the conversation again in a moment</p>";
    }

    private void append(StringBuilder html, CustomerSummary customer) {
        html.append("<h4><a href=\"")
                .append(escaped(customer.dashboard().toString()))
                .append("\" target=\"_blank\">")
                .append(escaped(titleOf(customer)))
                .append("</a>");
        if (customer.unusual(settings.refundPercent())) {
            html.append(" <span class=\"badge red\">").append(warning(customer)).append("</span>");
        }
        html.append("</h4><ul class=\"list-unstyled\">");
        line(
                html,
                "Account",
                customer.account() == null ? null : escaped(customer.account().toString()));
        if (customer.deleted()) {
            line(html, "Customer", "deleted");
        } else {
            line(html, "Customer since", date(customer.since()));
        }
        line(html, "Country", escapedOrNull(customer.country()));
        line(html, "Currency", escapedOrNull(customer.currency()));
        line(html, "Referral", escapedOrNull(customer.referral()));
        customer.spend().forEach(spend -> line(html, "Paid", paid(spend)));
        line(html, "Subscriptions", Integer.toString(customer.subscriptions().size()));
        html.append("</ul>");
        customer.subscriptions().forEach(subscription -> append(html, subscription));
    }

    private static void append(StringBuilder html, SubscriptionSummary subscription) {
        html.append("<ul class=\"list-unstyled\">");
        line(html, "Plan", escaped(String.join(", ", subscription.plans())) + " " + badge(subscription.status()));
        line(html, "Subscribed since", date(subscription.since()));
        line(html, "Ends", subscription.cancelAt() == null ? null : date(subscription.cancelAt()));
        line(html, "Ended", subscription.endedAt() == null ? null : date(subscription.endedAt()));
        html.append("</ul>");
    }

    private String paid(Spend spend) {
        Locale locale = settings.locale();
        StringBuilder text = new StringBuilder(escaped(spend.captured().format(locale)))
                .append(" in ")
                .append(counted(spend.charges(), "charge"));
        if (spend.refunded().minorUnits() > 0) {
            text.append(", ").append(escaped(spend.refunded().format(locale))).append(" refunded");
        }
        if (spend.disputes() > 0) {
            text.append(", ").append(counted(spend.disputes(), "dispute"));
        }
        return text.toString();
    }

    private static String warning(CustomerSummary customer) {
        return customer.spend().stream().anyMatch(spend -> spend.disputes() > 0) ? "dispute" : "refunds";
    }

    private static String badge(SubscriptionStatus status) {
        String colour = switch (status) {
            case ACTIVE, TRIALING -> "green";
            case PAST_DUE, UNPAID, INCOMPLETE -> "orange";
            default -> "grey";
        };
        return "<span class=\"badge " + colour + "\">"
                + status.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "</span>";
    }

    private static String titleOf(CustomerSummary customer) {
        return customer.name() != null
                ? customer.name()
                : customer.email() != null ? customer.email() : customer.customerId();
    }

    /** A line, unless there is nothing to say. */
    private static void line(StringBuilder html, String label, @Nullable String value) {
        if (value != null) {
            html.append("<li><span class=\"muted\">")
                    .append(escaped(label))
                    .append(":</span> ")
                    .append(value)
                    .append("</li>");
        }
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String date(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static @Nullable String escapedOrNull(@Nullable String text) {
        return text == null ? null : escaped(text);
    }

    /** Fit for text and for attributes in double quotes. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
