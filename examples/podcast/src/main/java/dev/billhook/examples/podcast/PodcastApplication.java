package dev.billhook.examples.podcast;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the podcast host. */
@SpringBootApplication
public class PodcastApplication {
    /** Starts on port 8080 unless {@code --server.port} says otherwise. */
    public static void main(String[] args) {
        SpringApplication.run(PodcastApplication.class, args);
    }
}
