/** Keeps the mirror in H2, PostgreSQL, MySQL or MariaDB with plain JDBC. */
@NullMarked
package dev.billhook.jdbc;

import org.jspecify.annotations.NullMarked;
