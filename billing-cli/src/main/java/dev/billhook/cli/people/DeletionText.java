package dev.billhook.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.account.AccountRef;
import dev.billhook.deletion.Deletion;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.deletion.DeletionPreview;
import dev.billhook.invoice.Invoice;
import dev.billhook.subscription.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a deletion into lines and JSON.
 *
 * @param preview what the account still has
 * @param policy what becomes of it
 * @param begun what will be left, or null if nothing was done
 */
record DeletionText(
        DeletionPreview preview,
        DeletionPolicy policy,
        @Nullable Deletion begun) {
    /** Of an account that is not there. */
    static ObjectNode unknown(AccountRef account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("account", account.toString())
                .put("known", false)
                .put("applied", false);
    }

    String lines() {
        List<String> lines = new ArrayList<>();
        lines.add(preview.account() + " " + outcome());
        preview.running()
                .forEach(subscription -> lines.add("  subscription " + subscription.id() + "  " + plans(subscription)
                        + "  " + subscription.status() + ": " + words(policy.running())));
        preview.openInvoices()
                .forEach(invoice -> lines.add("  invoice " + invoice.id() + "  " + remaining(invoice) + " open: "
                        + words(policy.openInvoices())));
        preview.customers().stream()
                .sorted()
                .forEach(customer -> lines.add("  customer " + customer + ": " + words(policy.customers())));
        return String.join(System.lineSeparator(), lines);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("account", preview.account().toString());
        json.put("known", true);
        json.put("applied", begun != null);
        json.put("kept_as", begun == null ? null : begun.keptAs().toString());
        json.put("refused", preview.refused() == null ? null : preview.refused().name());
        ArrayNode subscriptions = json.putArray("subscriptions");
        preview.running()
                .forEach(subscription -> subscriptions
                        .addObject()
                        .put("id", subscription.id())
                        .put("status", subscription.status().name()));
        ArrayNode invoices = json.putArray("open_invoices");
        preview.openInvoices()
                .forEach(invoice -> invoices.addObject()
                        .put("id", invoice.id())
                        .put("remaining", invoice.settlement().remaining().minorUnits())
                        .put(
                                "currency",
                                invoice.settlement().remaining().currency().getCurrencyCode()));
        ArrayNode customers = json.putArray("customers");
        preview.customers().stream().sorted().forEach(customers::add);
        return json;
    }

    private String outcome() {
        if (begun != null) {
            return "is being deleted; what stays is kept as " + begun.keptAs();
        }
        return preview.refused() == null
                ? "would be deleted"
                : "is not deleted: " + preview.refused() + "; --subscriptions and --invoices can say otherwise";
    }

    private static String plans(Subscription subscription) {
        return subscription.items().stream()
                .map(item -> item.plan() + (item.quantity() == 1 ? "" : " x " + item.quantity()))
                .collect(Collectors.joining(", "));
    }

    private static String remaining(Invoice invoice) {
        return invoice.settlement().remaining().toString();
    }

    /** The option's own word for it. */
    private static String words(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
