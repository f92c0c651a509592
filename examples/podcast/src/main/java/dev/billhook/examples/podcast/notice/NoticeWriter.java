package dev.billhook.examples.podcast.notice;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import org.springframework.stereotype.Component;

/** Notes what billing has to tell, once the mirror has committed it. A real application would send mail from here. */
@Component
class NoticeWriter implements BillingListener {
    private final Notices notices;
    private final NoticeText texts;

    NoticeWriter(Notices notices, NoticeText texts) {
        this.notices = notices;
        this.texts = texts;
    }

    @Override
    public void on(BillingEvent event) {
        texts.of(event).ifPresent(text -> notices.add(event, text));
    }

    /** Undelivered events are kept under this name, so it outlives the class's. */
    @Override
    public String name() {
        return "notices";
    }
}
