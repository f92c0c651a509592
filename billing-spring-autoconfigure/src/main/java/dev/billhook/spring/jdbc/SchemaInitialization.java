package dev.billhook.spring.jdbc;

/**
 * When Billhook creates its tables.
 *
 * @since 0.1.0
 */
public enum SchemaInitialization {
    /** At start-up if the database lives in this process's memory. */
    EMBEDDED,
    /** At start-up, whatever the database. */
    ALWAYS,
    /** Never: a migration tool or a person does. */
    NEVER
}
