package dev.billhook.simulator.page.checkout;

import dev.billhook.simulator.page.card.CardForm;
import dev.billhook.simulator.page.text.Sum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hosted Checkout page shows.
 *
 * @param summary what is bought
 * @param action where the form is sent
 * @param cancelUrl where "Back" leads; null when the session names no address
 * @param email what stands in the e-mail field
 * @param emailLocked whether the session or its customer has fixed it
 * @param cardNeeded whether a payment method is collected
 * @param bankOffered whether a bank account may be entered instead of the card
 * @param declined why the last try failed; null when there was none
 * @param code the promotion code somebody typed, which was refused
 * @param codeError why it was refused; null when none was
 * @param extras what else is asked for
 * @param beforeSubmit what the shop says above the button; null when nothing
 * @param afterSubmit what the shop says below it; null when nothing
 * @param taxed whether tax follows from the address
 */
record CheckoutView(
        String business,
        Summary summary,
        String action,
        @Nullable String cancelUrl,
        String formHeading,
        String submit,
        String terms,
        boolean emailShown,
        String email,
        boolean emailLocked,
        @Nullable String emailError,
        boolean cardNeeded,
        boolean bankOffered,
        CardForm card,
        @Nullable String declined,
        String code,
        @Nullable String codeError,
        List<ExtraField> extras,
        @Nullable String beforeSubmit,
        @Nullable String afterSubmit,
        boolean taxed) {
    /** The fields above the card. */
    public List<ExtraField> asked() {
        return extras.stream().filter(field -> !field.isTick()).toList();
    }

    /** What is to be ticked, below the card. */
    public List<ExtraField> ticks() {
        return extras.stream().filter(ExtraField::isTick).toList();
    }

    /**
     * What is bought.
     *
     * @param headline the amount that matters most, or the length of the trial
     * @param per how often it recurs; may be empty
     * @param after what follows a trial; may be empty
     */
    record Summary(
            String heading,
            String headline,
            String per,
            String after,
            List<Line> lines,
            boolean adjustable,
            List<Sum> sums,
            String dueToday,
            Promotion promotion) {}

    /**
     * The entry of a promotion code.
     *
     * @param asked whether a code may be entered
     * @param taken the code that was taken; null while there is none
     */
    record Promotion(boolean asked, @Nullable String taken) {
        static final Promotion NONE = new Promotion(false, null);
    }

    /**
     * One line of the session.
     *
     * @param field name of the field for its quantity; null when the quantity is fixed
     */
    record Line(
            String name,
            String description,
            String detail,
            String amount,
            @Nullable String field,
            long quantity,
            long minimum,
            long maximum) {}
}
