package dev.billhook.examples.podcast.episode;

/** The plan allows no more of something. */
public final class AllowanceUsedUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long allowance;

    AllowanceUsedUpException(String limit, long allowance) {
        super("The plan's " + allowance + " " + limit + " are used up");
        this.allowance = allowance;
    }

    /** How many the plan allows. */
    public long allowance() {
        return allowance;
    }
}
