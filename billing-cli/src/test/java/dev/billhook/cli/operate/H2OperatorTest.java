package dev.billhook.cli.operate;

import dev.billhook.cli.connect.DriverDataSource;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;

@DisplayName("events, outbox and reconcile on H2")
class H2OperatorTest extends OperatorContract {
    @Override
    ShellContract.Database database() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        Properties user = new Properties();
        user.setProperty("user", "sa");
        return new ShellContract.Database(url, "sa", new DriverDataSource(url, user));
    }
}
