package dev.billhook.benchmarks.load;

/** Takes in one request. */
@FunctionalInterface
interface EventHandler {
    /** Answers the HTTP status. */
    int handle(byte[] body, String signature) throws Exception;
}
