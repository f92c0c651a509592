package dev.billhook.internal.support;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.catalog.Catalog;
import dev.billhook.error.ProviderException;
import dev.billhook.spi.provider.support.SupportGateway;
import dev.billhook.spi.provider.support.SupportGateway.Found;
import dev.billhook.spi.store.AccountStore;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.support.CustomerSummary;
import dev.billhook.support.SubscriptionSummary;
import dev.billhook.support.SupportAnswer;
import dev.billhook.support.SupportDesk;
import dev.billhook.support.SupportRequest;
import dev.billhook.support.SupportRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link SupportDesk}. */
public final class DefaultSupportDesk implements SupportDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultSupportDesk.class);
    private static final int MOST = 20;

    private final Catalog catalog;
    private final AccountStore accounts;
    private final SupportGateway gateway;
    private final Support host;
    private final Credentials credentials;
    private final Sidebar sidebar;

    /**
     * @param host what the host tells
     */
    public DefaultSupportDesk(Catalog catalog, AccountStore accounts, SupportGateway gateway, Support host) {
        this.catalog = catalog;
        this.accounts = accounts;
        this.gateway = gateway;
        this.host = host;
        this.credentials = new Credentials(host.settings());
        this.sidebar = new Sidebar(host.settings());
    }

    @Override
    public SupportAnswer answer(SupportRequest request) {
        if (request.body().length > SupportRequest.MAX_BODY_BYTES) {
            return refused(413, "The body is larger than " + SupportRequest.MAX_BODY_BYTES + " bytes");
        }
        if (!credentials.accept(request)) {
            return refused(401, "Neither the signature nor the token is right");
        }
        List<String> emails = Postman.emails(request.body());
        if (emails.isEmpty()) {
            return refused(400, "The body must be JSON with the customer's e-mail address in customer.email");
        }
        return new SupportAnswer(200, Postman.json("html", html(emails)));
    }

    @Override
    public List<CustomerSummary> find(String email) {
        if (!Postman.isEmail(email)) {
            throw new IllegalArgumentException("That is no e-mail address");
        }
        return summaries(List.of(email), accountsOf(List.of(email)));
    }

    /** Whatever fails, the agent sees what there is; a failure's message may quote the address, so it is not logged. */
    private String html(List<String> emails) {
        try {
            Set<AccountRef> known = accountsOf(emails);
            List<CustomerSummary> customers = summaries(emails, known);
            customers.stream()
                    .map(CustomerSummary::account)
                    .filter(Objects::nonNull)
                    .forEach(known::add);
            return sidebar.of(customers, rows(small(emails.get(0)), known));
        } catch (RuntimeException failure) {
            LOG.warn("The help desk could not be told of a customer: {}", named(failure));
            return Sidebar.away();
        }
    }

    private Set<AccountRef> accountsOf(List<String> emails) {
        Set<AccountRef> known = new LinkedHashSet<>();
        emails.forEach(email -> known.addAll(host.lookup().accountsOf(small(email))));
        return known;
    }

    /** The host's own rows; without them the rest is worth showing all the same. */
    private List<SupportRow> rows(String email, Set<AccountRef> known) {
        try {
            return List.copyOf(host.rows().rows(email, Set.copyOf(known)));
        } catch (RuntimeException failure) {
            LOG.warn("The host's rows for the help desk are missing: {}", named(failure));
            return List.of();
        }
    }

    private static String named(RuntimeException failure) {
        String request = failure instanceof ProviderException provider
                ? provider.requestId().map(id -> " (request " + id + ")").orElse("")
                : "";
        return failure.getClass().getName() + request;
    }

    private static String small(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    private List<CustomerSummary> summaries(Collection<String> emails, Collection<AccountRef> known) {
        Map<String, Found> found = new LinkedHashMap<>();
        Map<String, AccountRef> owners = new LinkedHashMap<>();
        for (AccountRef account : known) {
            accounts.find(account).ifPresent(row -> {
                Customer customer = row.customer();
                if (customer != null) {
                    owners.put(customer.id(), account);
                    gateway.find(customer.id()).ifPresent(each -> found.put(each.id(), each));
                }
            });
        }
        emails.forEach(email ->
                gateway.withEmail(email, MOST).forEach(customer -> found.putIfAbsent(customer.id(), customer)));
        return found.values().stream()
                .sorted(Comparator.comparing(Found::createdAt).reversed())
                .limit(MOST)
                .map(customer -> summary(customer, owners.get(customer.id())))
                .toList();
    }

    private CustomerSummary summary(Found customer, @Nullable AccountRef owner) {
        return new CustomerSummary(
                customer.id(),
                customer.name(),
                customer.email(),
                owner == null ? named(customer) : owner,
                customer.createdAt(),
                customer.country(),
                customer.currency() == null ? null : customer.currency().toUpperCase(Locale.ROOT),
                gateway.subscriptions(customer.id()).stream().map(this::summary).toList(),
                gateway.spend(customer.id()),
                customer.metadata().get(host.settings().referralKey()),
                customer.dashboard(),
                customer.deleted());
    }

    /** The account in the metadata, which anybody may have written. */
    private static @Nullable AccountRef named(Found customer) {
        if (customer.account() == null) {
            return null;
        }
        try {
            return AccountRef.parse(customer.account());
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private SubscriptionSummary summary(Subscription subscription) {
        List<String> plans = new ArrayList<>();
        subscription.items().forEach(item -> plans.add(nameOf(item)));
        return new SubscriptionSummary(
                plans,
                subscription.status(),
                subscription.createdAt(),
                subscription.status().ended() ? null : subscription.pendingEnd().orElse(null),
                subscription.endedAt());
    }

    private String nameOf(SubscriptionItem item) {
        if (item.plan() == null) {
            return item.priceId();
        }
        return catalog.findPlan(item.plan())
                .map(plan -> plan.product().name() + " (" + plan.key() + ")")
                .orElse(item.plan().toString());
    }

    private static SupportAnswer refused(int status, String reason) {
        LOG.info("Request of the help desk refused: {}", reason);
        return new SupportAnswer(status, Postman.json("error", reason));
    }
}
