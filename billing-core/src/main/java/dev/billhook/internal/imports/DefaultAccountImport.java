package dev.billhook.internal.imports;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.grant.Grant;
import dev.billhook.grant.GrantRequest;
import dev.billhook.grant.GrantService;
import dev.billhook.imports.AccountImport;
import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.ImportReport;
import dev.billhook.imports.ImportRequest;
import dev.billhook.imports.ImportRow;
import dev.billhook.imports.ImportStep;
import dev.billhook.imports.ImportTotals;
import dev.billhook.internal.imports.ImportRules.Facts;
import dev.billhook.internal.imports.ImportRules.Match;
import dev.billhook.internal.imports.ImportRules.Search;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.pace.Patience;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** See {@link AccountImport}. */
public final class DefaultAccountImport implements AccountImport {
    private static final int TRIES = 3;

    private final Catalog catalog;
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Parts parts;
    private final InstantSource clock;

    /** An import into the stores of what the provider has. */
    public DefaultAccountImport(
            Catalog catalog, PaymentProvider provider, BillingStores stores, Parts parts, InstantSource clock) {
        this.catalog = catalog;
        this.provider = provider;
        this.stores = stores;
        this.parts = parts;
        this.clock = clock;
    }

    /**
     * What an import works with.
     *
     * @param accounts registers
     * @param grants gives access
     * @param door into the mirror
     * @param quietDoor into the mirror, and nobody hears of it
     */
    public record Parts(AccountService accounts, GrantService grants, MirrorWriter door, MirrorWriter quietDoor) {}

    @Override
    public ImportReport dryRun(
            ImportRequest request, Stream<? extends ImportLine> lines, Consumer<? super ImportStep> progress) {
        Instant startedAt = clock.instant();
        Run run = new Run(request);
        Planned planned = new Planned();
        ImportTotals[] totals = {ImportTotals.NONE};
        List<ImportStep> conflicts = new ArrayList<>();
        through(lines, line -> {
            ImportStep step = stepOf(line, row -> planned.after(run.decide(row), row, run.grantId(row)));
            totals[0] = totals[0].plus(step);
            tell(step, request, conflicts, progress);
        });
        return new ImportReport(false, startedAt, clock.instant(), false, totals[0], conflicts);
    }

    @Override
    public ImportReport run(
            ImportRequest request, Stream<? extends ImportLine> lines, Consumer<? super ImportStep> progress) {
        Instant startedAt = clock.instant();
        Run run = new Run(request);
        ImportState state = new ImportState(stores.cursors(), request.name());
        List<ImportStep> conflicts = new ArrayList<>();
        through(lines, line -> {
            if (!state.past(line.line())) {
                ImportStep step = stepOf(line, run::carryOut);
                state.done(step);
                tell(step, request, conflicts, progress);
            }
        });
        state.finished();
        return new ImportReport(true, startedAt, clock.instant(), state.resumed(), state.totals(), conflicts);
    }

    @Override
    public void forget(String name) {
        stores.cursors().remove(ImportState.cursor(name));
    }

    private static void through(Stream<? extends ImportLine> lines, Consumer<ImportLine> visitor) {
        try (lines) {
            lines.sequential().forEachOrdered(visitor);
        }
    }

    private static ImportStep stepOf(ImportLine line, Function<ImportRow, ImportStep> importing) {
        return line instanceof ImportRow row
                ? importing.apply(row)
                : ImportStep.unreadable((ImportLine.Unreadable) line);
    }

    private static void tell(
            ImportStep step, ImportRequest request, List<ImportStep> conflicts, Consumer<? super ImportStep> progress) {
        if (step.concerned()) {
            progress.accept(step);
        }
        if (step.conflict() != null && conflicts.size() < request.maxListed()) {
            conflicts.add(step);
        }
    }

    /** One run. */
    private final class Run {
        private final ImportRequest request;
        private final ImportRules rules = new ImportRules(catalog);
        private final Patience patience;
        private final Linking linking;

        Run(ImportRequest request) {
            this.request = request;
            this.patience = new Patience(request.pause(), request.patience());
            MirrorWriter writer = request.announced() ? parts.door() : parts.quietDoor();
            this.linking = new Linking(
                    provider,
                    stores.accounts(),
                    new Linking.Door(writer, new MirrorSync(provider, stores, writer)),
                    patience);
        }

        ImportStep decide(ImportRow row) {
            Optional<BillingAccount> account = parts.accounts().find(row.account());
            String grant = grantId(row);
            boolean granted = grant != null
                    && stores.access().findGrant(row.account(), grant).isPresent();
            return rules.decide(row, new Facts(account, match(row, account), granted, clock.instant()));
        }

        ImportStep carryOut(ImportRow row) {
            for (int i = 1; ; i++) {
                ImportStep step = decide(row);
                if (step.conflict() != null || step.effects().isEmpty()) {
                    return step;
                }
                try {
                    return carryOut(row, step);
                } catch (Linking.LostRace e) {
                    if (i == TRIES) {
                        return ImportStep.conflict(row, step.customerId(), ImportConflict.CUSTOMER_OF_ANOTHER_ACCOUNT);
                    }
                }
            }
        }

        private ImportStep carryOut(ImportRow row, ImportStep step) {
            Linking.Linked linked = null;
            if (step.effects().contains(ImportEffect.LINKED)) {
                String customer = Objects.requireNonNull(step.customerId(), "what is linked is named");
                try {
                    linked = linking.atProvider(customer, row.account());
                } catch (RequestRefusedException | ProviderObjectMissingException e) {
                    return ImportStep.conflict(row, customer, ImportConflict.REFUSED_BY_PROVIDER);
                }
            }
            inMirror(row, step, linked).forEach(Runnable::run);
            return step;
        }

        private List<Runnable> inMirror(ImportRow row, ImportStep step, Linking.@Nullable Linked linked) {
            return stores.transactor().inTransaction(() -> {
                if (step.effects().contains(ImportEffect.REGISTERED)) {
                    parts.accounts().register(row.account(), row.profile());
                }
                if (step.effects().contains(ImportEffect.GRANTED)) {
                    give(row);
                }
                return linked == null ? List.<Runnable>of() : linking.inMirror(linked, row.account());
            });
        }

        private void give(ImportRow row) {
            ImportRow.Given given = Objects.requireNonNull(row.grant(), "what is given is named");
            parts.grants()
                    .give(new GrantRequest(
                            row.account(),
                            new Grant.What.OfPlan(given.plan(), given.units()),
                            null,
                            given.until(),
                            request.by(),
                            given.reason() == null ? "import " + request.name() : given.reason(),
                            grantKey(row, given)));
        }

        /** The id the row's grant has, or null if there is none. */
        @Nullable String grantId(ImportRow row) {
            return row.grant() == null ? null : grantKey(row, row.grant()).value();
        }

        private RequestKey grantKey(ImportRow row, ImportRow.Given given) {
            return RequestKey.derived(
                    "import-grant",
                    request.name(),
                    row.account(),
                    given.plan(),
                    given.units(),
                    String.valueOf(given.until()));
        }

        private Match match(ImportRow row, Optional<BillingAccount> account) {
            Search search = ImportRules.search(row, account);
            if (search == Search.BY_ID) {
                return byId(Objects.requireNonNull(row.customerId(), "searched by"));
            }
            return search == Search.BY_EMAIL
                    ? byEmail(Objects.requireNonNull(row.profile().email(), "searched by"))
                    : new Match.Nothing();
        }

        private Match byId(String customerId) {
            try {
                return one(patience.call(() -> provider.customers().fetch(customerId))
                        .value());
            } catch (ProviderObjectMissingException | RequestRefusedException e) {
                return new Match.Nothing();
            }
        }

        private Match byEmail(String email) {
            List<CustomerSnapshot> found =
                    patience.call(() -> provider.imports().withEmail(email, 2));
            if (found.isEmpty()) {
                return new Match.Nothing();
            }
            return found.size() > 1 ? new Match.Several() : one(found.get(0));
        }

        private Match one(CustomerSnapshot customer) {
            return new Match.One(customer, ownerOf(customer.customerId()));
        }

        private @Nullable AccountRef ownerOf(String customerId) {
            BillingAccount owner =
                    stores.accounts().findByCustomers(List.of(customerId)).get(customerId);
            return owner != null
                    ? owner.ref()
                    : stores.transactor()
                            .inTransaction(() -> stores.accounts()
                                    .lockByOtherCustomer(customerId)
                                    .map(BillingAccount::ref)
                                    .orElse(null));
        }
    }
}
