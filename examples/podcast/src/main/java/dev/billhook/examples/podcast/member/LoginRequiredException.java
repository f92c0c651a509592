package dev.billhook.examples.podcast.member;

/** The page is for members, and nobody is logged in. */
public final class LoginRequiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Sends the browser to the login page. */
    public LoginRequiredException() {
        super("Nobody is logged in");
    }
}
