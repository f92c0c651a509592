package dev.billhook.spring.jdbc;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the mirror is kept.
 *
 * @param initializeSchema When Billhook creates its tables; tables that stand are left alone.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.jdbc")
public record BillhookJdbcProperties(
        @DefaultValue("embedded") SchemaInitialization initializeSchema) {}
