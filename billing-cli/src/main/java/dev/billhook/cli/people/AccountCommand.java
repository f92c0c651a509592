package dev.billhook.cli.people;

import dev.billhook.account.AccountRef;
import dev.billhook.cli.connect.AccountConverter;
import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.shell.ApplyOptions;
import dev.billhook.cli.shell.Shell;
import dev.billhook.deletion.AccountDeletion;
import dev.billhook.deletion.Deletion;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.deletion.DeletionPreview;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account …}: what is done with whole accounts. */
@Command(name = "account", description = "Delete accounts.")
public final class AccountCommand {
    private final Shell shell;

    /** Talks through the shell. */
    public AccountCommand(Shell shell) {
        this.shell = shell;
    }

    /** What becomes of what the account still has. */
    static final class Policy {
        @Option(
                names = "--subscriptions",
                defaultValue = "REFUSE",
                paramLabel = "HOW",
                description = "Those that have not ended: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
        private DeletionPolicy.Running running = DeletionPolicy.Running.REFUSE;

        @Option(
                names = "--invoices",
                defaultValue = "REFUSE",
                paramLabel = "HOW",
                description = "Those that are open: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
        private DeletionPolicy.OpenInvoices invoices = DeletionPolicy.OpenInvoices.REFUSE;

        @Option(
                names = "--customers",
                defaultValue = "DELETE",
                paramLabel = "HOW",
                description = "Those at Stripe: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
        private DeletionPolicy.Customers customers = DeletionPolicy.Customers.DELETE;

        DeletionPolicy policy() {
            return new DeletionPolicy(running, invoices, customers);
        }
    }

    @Command(
            description = {
                "Tell what deleting an account comes to. Changes nothing without --apply.",
                "With --apply it is begun, and the application's nodes carry it out, so that their listeners hear of it."
                        + " Exits with 1 if the account still has what the options refuse."
            })
    int delete(
            @Mixin BillingOptions options,
            @Mixin Policy policy,
            @Mixin ApplyOptions how,
            @Parameters(
                            paramLabel = "ACCOUNT",
                            converter = AccountConverter.class,
                            description = "The account, type:id.")
                    AccountRef account) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            AccountDeletion deletions = opened.billing().deletion();
            Optional<DeletionPreview> preview = deletions.preview(account, policy.policy());
            if (preview.isEmpty()) {
                how.write(
                        shell, () -> DeletionText.unknown(account), () -> account + " is no account, or not any more.");
                return ExitCode.OK;
            }
            boolean refused = preview.get().refusal().isPresent();
            @Nullable Deletion begun = how.apply() && !refused
                    ? deletions.begin(account, policy.policy()).orElse(null)
                    : null;
            DeletionText text = new DeletionText(preview.get(), policy.policy(), begun);
            how.write(shell, text::json, text::lines);
            return refused ? ExitCode.SOFTWARE : ExitCode.OK;
        }
    }
}
