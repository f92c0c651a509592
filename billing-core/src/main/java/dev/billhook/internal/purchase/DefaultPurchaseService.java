package dev.billhook.internal.purchase;

import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.credit.Refund;
import dev.billhook.money.Money;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchaseException;
import dev.billhook.purchase.PurchaseException.Reason;
import dev.billhook.purchase.PurchaseRefund;
import dev.billhook.purchase.PurchaseService;
import dev.billhook.purchase.Sale;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.purchase.PurchaseGateway;
import dev.billhook.spi.store.purchase.PurchaseStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@link PurchaseService}. */
public final class DefaultPurchaseService implements PurchaseService {
    private final PurchaseStore store;
    private final PurchaseGateway gateway;
    private final CreditGateway credits;
    private final PurchaseSync sync;

    /** Purchases of the store, paid at the gateways. */
    public DefaultPurchaseService(
            PurchaseStore store, PurchaseGateway gateway, CreditGateway credits, PurchaseSync sync) {
        this.store = store;
        this.gateway = gateway;
        this.credits = credits;
        this.sync = sync;
    }

    @Override
    public List<Purchase> list(AccountRef account) {
        return store.list(account);
    }

    @Override
    public Optional<Purchase> find(AccountRef account, String purchaseId) {
        return store.find(purchaseId)
                .map(PurchaseStore.Row::purchase)
                .filter(purchase -> purchase.account().equals(account));
    }

    @Override
    public Refund.Part refund(AccountRef account, String purchaseId, PurchaseRefund request) {
        return refund(account, purchaseId, request, RequestKey.random());
    }

    @Override
    public Refund.Part refund(AccountRef account, String purchaseId, PurchaseRefund request, RequestKey key) {
        Purchase purchase = find(account, purchaseId)
                .orElseThrow(() -> new NotFoundException(
                        "purchase of account " + account, purchaseId, "List them: billing.purchases().list(…)."));
        Sale.Payment payment = gateway.fetch(purchase.id())
                .value()
                .map(Sale::payment)
                .orElseThrow(() -> new PurchaseException(
                        Reason.NOTHING_TO_REFUND,
                        "Nothing was paid for purchase " + purchaseId,
                        "there is nothing to give back"));
        CreditGateway.Made made = credits.findRefund(payment.charge(), key)
                .orElseGet(() -> credits.refund(
                        payment.charge(), amount(purchase, payment, request.amount()), request.reason(), key, key));
        sync.refresh(purchase.id());
        return made.part();
    }

    private static Money amount(Purchase purchase, Sale.Payment payment, @Nullable Money asked) {
        Money left = payment.left();
        if (left.minorUnits() <= 0) {
            throw new PurchaseException(
                    Reason.NOTHING_TO_REFUND,
                    "All that was paid for purchase " + purchase.id() + " went back already",
                    "there is nothing left to give back");
        }
        if (asked == null) {
            return left;
        }
        if (!asked.currency().equals(left.currency()) || asked.minorUnits() > left.minorUnits()) {
            throw new PurchaseException(
                    Reason.AMOUNT,
                    asked + " cannot be given back for purchase " + purchase.id() + ", of which " + left + " is left",
                    "give back at most that");
        }
        return asked;
    }
}
