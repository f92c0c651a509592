package dev.billhook.internal.quote;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountRefusedException;
import dev.billhook.internal.discount.CodeCheck;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.spi.provider.invoice.QuoteGateway.Start;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Decides what an offered subscription begins with. */
public final class Starts {
    private final CodeCheck codes;
    private final BiPredicate<AccountRef, TrialTerms> granted;

    /**
     * By the codes there are.
     *
     * @param granted whether an account gets a trial that is offered
     */
    public Starts(CodeCheck codes, BiPredicate<AccountRef, TrialTerms> granted) {
        this.codes = codes;
        this.granted = granted;
    }

    /**
     * What it begins with.
     *
     * @throws DiscountRefusedException if the code does not count for the plan
     */
    Start of(AccountRef account, Plan plan, QuoteRequest request) {
        TrialTerms trial = request.trial();
        Integer days = trial != null && granted.test(account, trial) ? trial.days() : null;
        return new Start(days, request.code() == null ? null : codeId(account, plan, request.code()));
    }

    private @Nullable String codeId(AccountRef account, Plan plan, String word) {
        CodeCheck.Entered entered = codes.entered(account, word);
        if (entered.forPlan(plan) instanceof DiscountCheck.Refused refused) {
            throw new DiscountRefusedException(refused);
        }
        return entered.code().orElseThrow().id();
    }
}
