package dev.billhook.cli.catalog;

import dev.billhook.BillingException;
import dev.billhook.RequestKey;
import dev.billhook.catalog.sync.CatalogChange;
import dev.billhook.catalog.sync.CatalogDiff;
import dev.billhook.cli.shell.Shell;
import dev.billhook.spi.provider.CatalogGateway;
import java.util.List;

/** Makes exactly the changes that were shown, and tells each when it is made. */
final class CatalogChanges {
    private final CatalogGateway gateway;
    private final Shell shell;

    CatalogChanges(CatalogGateway gateway, Shell shell) {
        this.gateway = gateway;
        this.shell = shell;
    }

    /**
     * @throws BillingException if Stripe refuses one; those before it are made
     */
    void make(CatalogDiff diff) {
        List<CatalogChange> changes = diff.changes();
        for (int i = 0; i < changes.size(); i++) {
            CatalogChange change = changes.get(i);
            try {
                gateway.make(change, RequestKey.random());
            } catch (BillingException e) {
                throw new BillingException(
                        "'" + change.describe() + "' failed after " + i + " of " + changes.size() + " changes: "
                                + e.getMessage() + "; apply again to go on from there",
                        e);
            }
            shell.say("done: " + change.describe());
        }
        shell.say(CatalogCommand.counted(changes.size(), "change") + " made.");
    }
}
