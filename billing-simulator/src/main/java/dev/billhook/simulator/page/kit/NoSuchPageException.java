package dev.billhook.simulator.page.kit;

/** The address names nothing; the message is shown to whoever asked for it. */
public final class NoSuchPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String text;

    public NoSuchPageException(String text) {
        super(text, null, false, false);
        this.text = text;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
