package dev.billhook.notice;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.event.OpenBill;
import dev.billhook.notice.Occasion.Reading;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A notice that is to be told now.
 *
 * @since 0.1.0
 */
public final class DueNotice {
    private final String occasion;
    private final String event;
    private final @Nullable Question question;
    private final Reading reading;

    DueNotice(String occasion, String event, @Nullable Question question, Reading reading) {
        this.occasion = occasion;
        this.event = event;
        this.question = question;
        this.reading = reading;
    }

    /** What makes it another one than every other notice of the account. */
    public String occasion() {
        return occasion;
    }

    /** What the provider is to be asked before it is told, if anything. */
    public Optional<Question> question() {
        return Optional.ofNullable(question);
    }

    /**
     * Its event.
     *
     * @param meta gives the meta data for an event's name
     * @param bill the answer to the question, or null if there was none or none was to be had
     */
    public BillingEvent event(Function<String, EventMeta> meta, @Nullable OpenBill bill) {
        return reading.apply(meta.apply(event), bill);
    }
}
