package dev.billhook.examples.podcast;

import dev.billhook.examples.podcast.simulated.DevelopmentPanel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started the application where to look. */
@Component
class StartMessage {
    private static final Logger LOG = LoggerFactory.getLogger(StartMessage.class);

    private final Environment environment;
    private final DevelopmentPanel panel;

    StartMessage(Environment environment, DevelopmentPanel panel) {
        this.environment = environment;
        this.panel = panel;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        LOG.info("Fernwave is open at http://localhost:{}", environment.getProperty("local.server.port"));
        panel.dashboard()
                .ifPresent(
                        url -> LOG.info("Payments are simulated: card 4242 4242 4242 4242; behind the scenes {}", url));
    }
}
