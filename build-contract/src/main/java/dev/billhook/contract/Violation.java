package dev.billhook.contract;

/**
 * Something that Stripe declares otherwise.
 *
 * @param module whose tests saw it
 * @param what the endpoint or event
 * @param key where in the document, with dots; empty for the whole of it
 */
record Violation(String module, String what, String key, String message) {
    @Override
    public String toString() {
        return module + ": " + what + (key.isEmpty() ? "" : ", " + key) + "\n    " + message;
    }
}
