package dev.billhook.simulator.page.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.debit.BankDebits;
import dev.billhook.simulator.engine.debit.BankInput;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.card.CardForm;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was entered so far.
 *
 * @param email what is known or typed; null when the session's customer has none
 * @param code the promotion code that was refused
 * @param codeError why it was refused; null when none was
 * @param extras what else the session asks for
 * @param bank the bank account to pay from instead of the card; null if none was typed
 */
record Entry(
        @Nullable String email,
        boolean emailShown,
        boolean emailLocked,
        @Nullable String emailError,
        CardForm.Reading reading,
        Map<String, Long> quantities,
        boolean cardNeeded,
        @Nullable String declined,
        String code,
        @Nullable String codeError,
        ExtraForm extras,
        @Nullable BankInput bank) {

    /** Nothing typed yet. */
    static Entry of(ObjectNode session, World world) {
        ObjectNode customer = customer(session, world);
        String name = customer == null ? null : Docs.text(customer, "name");
        CardForm form = new CardForm("", "", name == null ? "" : name, Map.of());
        String fixed = fixedEmail(session, customer);
        return new Entry(
                fixed,
                customer == null || fixed != null,
                fixed != null,
                null,
                new CardForm.Reading(form, null),
                Map.of(),
                CheckoutSessions.needsMethod(session),
                null,
                "",
                null,
                ExtraForm.of(session),
                null);
    }

    /** What was sent. */
    static Entry read(PageRequest request, ObjectNode session, World world) {
        ObjectNode customer = customer(session, world);
        String fixed = fixedEmail(session, customer);
        boolean asked = customer == null && fixed == null;
        String email = asked ? request.field("email") : fixed;
        String error = asked && !String.valueOf(email).matches("[^@\\s]+@[^@\\s]+")
                ? "Enter an e-mail address, for example jo@example.com."
                : null;
        BankInput bank = bank(request, session);
        boolean byCard = CheckoutSessions.needsMethod(session) && bank == null;
        CardForm.Reading reading = byCard
                ? CardForm.read(request, email, now(session, world))
                : new CardForm.Reading(CardForm.EMPTY, null);
        return new Entry(
                email,
                asked || fixed != null,
                !asked,
                error,
                reading,
                quantities(request, session),
                byCard,
                null,
                "",
                null,
                ExtraForm.read(request, session),
                bank);
    }

    boolean isComplete() {
        return emailError == null && extras.isComplete() && (!cardNeeded || reading.card() != null);
    }

    /** The same without the card. */
    Entry forAnotherCard() {
        return with(emailError, withoutCard(), null, "", null, extras);
    }

    /** The same after the card was refused. */
    Entry declined(String message) {
        return with(emailError, withoutCard(), message, "", null, extras);
    }

    /** The same without the card and without what is still missing, after something but payment was asked for. */
    Entry withoutErrors() {
        return with(null, withoutCard(), null, "", null, extras.withoutErrors());
    }

    /** The same after a promotion code was refused. */
    Entry refused(String typed, String why) {
        return with(emailError, reading, declined, typed, why, extras);
    }

    /** The same without what is still missing of the rest, after an amount was asked for. */
    Entry updated() {
        return with(emailError, reading, declined, code, codeError, extras.withoutErrors());
    }

    private CardForm.Reading withoutCard() {
        return new CardForm.Reading(reading.form().forAnotherCard(), null);
    }

    private Entry with(
            @Nullable String otherEmailError,
            CardForm.Reading otherReading,
            @Nullable String otherDeclined,
            String otherCode,
            @Nullable String otherCodeError,
            ExtraForm otherExtras) {
        return new Entry(
                email,
                emailShown,
                emailLocked,
                otherEmailError,
                otherReading,
                quantities,
                cardNeeded,
                otherDeclined,
                otherCode,
                otherCodeError,
                otherExtras,
                bank);
    }

    static long now(ObjectNode session, World world) {
        return world.now(Docs.text(session, "_clock"));
    }

    private static @Nullable ObjectNode customer(ObjectNode session, World world) {
        String id = Docs.text(session, "customer");
        return id == null ? null : world.store().find("customer", id);
    }

    private static @Nullable String fixedEmail(ObjectNode session, @Nullable ObjectNode customer) {
        String fixed = Docs.text(session, "customer_email");
        return fixed != null || customer == null ? fixed : Docs.text(customer, "email");
    }

    private static @Nullable BankInput bank(PageRequest request, ObjectNode session) {
        String account = request.field("bank_account");
        return account.isEmpty() || !BankDebits.isOffered(session)
                ? null
                : new BankInput(request.field("bank_routing"), account);
    }

    private static Map<String, Long> quantities(PageRequest request, ObjectNode session) {
        Map<String, Long> chosen = new HashMap<>();
        for (ObjectNode line : Docs.objects(session, "_line_items")) {
            String id = Docs.textOf(line, "id");
            String typed = request.field("quantity_" + id);
            if (typed.matches("[0-9]{1,6}")) {
                chosen.put(id, Long.valueOf(typed));
            }
        }
        return chosen;
    }
}
