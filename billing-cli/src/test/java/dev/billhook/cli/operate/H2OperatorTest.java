package dev.billhook.cli.operate;

import dev.billhook.cli.connect.DriverDataSource;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;

@DisplayName("events, outbox and reconcile on H2")
class H2OperatorTest extends OperatorContract {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @Override
    String url() {
        return url;
    }

    @Override
    String user() {
        return "sa";
    }

    @Override
    DataSource dataSource() {
        Properties user = new Properties();
        user.setProperty("user", user());
        return new DriverDataSource(url, user);
    }
}
