/** The mirror in a host's database and transactions. */
@NullMarked
package dev.billhook.spring.jdbc;

import org.jspecify.annotations.NullMarked;
