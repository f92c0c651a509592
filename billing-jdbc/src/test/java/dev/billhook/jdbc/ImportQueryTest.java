package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.ImportRow;
import dev.billhook.jdbc.imports.ImportQuery;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("D9 The rows of an import come from the host's own tables")
class ImportQueryTest {
    private static final String QUERY = """
            select 'user' as account_type, u.id as account_id, u.mail as email, u.proven as email_verified,
              u.stripe_id as customer, case when u.founder = 1 then 'pro-lifetime' end as plan,
              '2027-06-01' as until
            from host_user u
            order by u.id""";

    @ParameterizedTest(name = "D9 {0}")
    @EnumSource
    @DisplayName("D9 a query's columns are read as a file's are, and its connection goes back to the pool")
    void read(TestDatabase database) {
        try (HikariDataSource pool = database.emptyDatabase()) {
            pool.setMaximumPoolSize(1);
            TestDatabase.execute(
                    pool,
                    "create table host_user (id varchar(10), mail varchar(50), proven boolean, stripe_id varchar(50),"
                            + " founder integer)");
            TestDatabase.execute(pool, "insert into host_user values ('a', 'a@example.com', true, null, 1)");
            TestDatabase.execute(pool, "insert into host_user values ('b', null, false, 'cus_2', 0)");

            String withoutEnd = QUERY.replace("'2027-06-01'", "case when u.founder = 1 then '2027-06-01' end");
            for (int i = 0; i < 2; i++) {
                assertThat(lines(pool, withoutEnd))
                        .containsExactly(
                                ImportRow.of(1, AccountRef.of("user", "a"))
                                        .verifiedEmail("a@example.com")
                                        .grant(ImportRow.Given.of(PlanKey.of("pro-lifetime"))
                                                .until(Instant.parse("2027-06-01T00:00:00Z"))),
                                ImportRow.of(2, AccountRef.of("user", "b"))
                                        .profile(AccountProfile.empty())
                                        .customer("cus_2"));
            }
            assertThat(lines(pool, QUERY).get(1))
                    .isEqualTo(new ImportLine.Unreadable(2, "column until is filled, and column plan is not"));
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> lines(pool, "select account from no_such_table"));
            assertThatIllegalArgumentException().isThrownBy(() -> lines(pool, "select id from host_user"));
            assertThat(lines(pool, QUERY)).as("the only connection is free").hasSize(2);
        }
    }

    private static List<ImportLine> lines(HikariDataSource pool, String query) {
        try (Stream<ImportLine> lines = ImportQuery.read(pool, query)) {
            return lines.toList();
        }
    }
}
