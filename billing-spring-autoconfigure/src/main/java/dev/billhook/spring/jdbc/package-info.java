/** Keeps the mirror in the host's database and lets it take part in the host's transactions. */
@NullMarked
package dev.billhook.spring.jdbc;

import org.jspecify.annotations.NullMarked;
