package dev.billhook.spring.jdbc;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the mirror is kept.
 *
 * @param initializeSchema When Billhook creates its tables; tables that stand are left alone.
 * @param signals Whether nodes tell each other at once whose access changes; on PostgreSQL only, with one connection of the pool for each node.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.jdbc")
public record BillhookJdbcProperties(
        @DefaultValue("embedded") SchemaInitialization initializeSchema,
        @DefaultValue("false") boolean signals) {}
