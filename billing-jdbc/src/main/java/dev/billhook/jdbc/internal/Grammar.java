package dev.billhook.jdbc.internal;

/** What the databases say in different words. */
public enum Grammar {
    /** H2. */
    H2(TimestampForm.WITH_ZONE),
    /**
     * PostgreSQL. Its driver sends several statements in one message, and it takes an array for each column, so that the number
     * of rows does not change a statement's text.
     */
    POSTGRESQL(TimestampForm.WITH_ZONE),
    /** MySQL and MariaDB. */
    MYSQL(TimestampForm.UTC);

    private final TimestampForm timestamps;

    Grammar(TimestampForm timestamps) {
        this.timestamps = timestamps;
    }

    /** How instants travel. */
    TimestampForm timestamps() {
        return timestamps;
    }

    /** Whether {@link Sql#arrays arrays} and {@link Sql#then scripts} may be used. */
    public boolean takesArraysAndScripts() {
        return this == POSTGRESQL;
    }
}
