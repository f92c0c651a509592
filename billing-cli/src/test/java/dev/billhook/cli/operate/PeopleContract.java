package dev.billhook.cli.operate;

import static dev.billhook.cli.operate.HostApplication.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.cli.CliRun;
import dev.billhook.entitlement.AccessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does about accounts: imports, gives access, deletes. */
abstract class PeopleContract extends ShellContract {
    @Test
    @DisplayName("D9 import tells what would be done, and does it with --apply: users are linked and given access")
    void imported() throws IOException {
        String bobs = app().post("/v1/customers", "email=bob@example.com");
        Path users = Files.writeString(file("users.csv"), """
                account,customer,email,email_verified,plan,until
                user:bob,,bob@example.com,yes,,
                user:eve,,,,team-monthly,2099-01-01
                user:zoe,cus_none,,,,
                """);
        String[] command = {"import", users.toString(), "--by", "ops", "--pause", "0", "--catalog", catalog()};

        CliRun told = run(command);
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).isEqualTo("""
                line 4  user:zoe  cus_none  CUSTOMER_NOT_FOUND: mend the id; live customers are not seen with a test key, nor the other way round
                3 rows, 0 unchanged, 2 would be registered, 1 would be linked, 1 would be granted, 1 in conflict
                  CUSTOMER_NOT_FOUND: 1
                """);
        assertThat(told.err()).contains("line 2  user:bob  " + bobs + "  [REGISTERED, LINKED]");
        assertThat(app().billing().accounts().find(AccountRef.of("user", "bob")))
                .isEmpty();

        JsonNode done = parsed(run(and(command, "--apply", "--json")).out());
        assertThat(done.path("applied").booleanValue()).isTrue();
        assertThat(done.path("linked").intValue()).isEqualTo(1);
        assertThat(done.at("/left/0/conflict").textValue()).isEqualTo("CUSTOMER_NOT_FOUND");
        assertThat(app().billing().accounts().get(AccountRef.of("user", "bob")).customerId())
                .contains(bobs);
        assertThat(done("grant", "list", "user:eve").out())
                .contains("plan team-monthly", "until 2099-01-01T00:00:00Z", "by ops: import shell");
        assertThat(run(and(command, "--apply", "--restart")).out()).contains("3 rows, 2 unchanged");
        assertThat(run("import", file("none.csv").toString(), "--by", "ops").exitCode())
                .isEqualTo(1);
        Files.writeString(users, "nobody\n");
        assertThat(run(command).err()).contains("Unknown or doubled columns: [nobody]");
        assertThat(run(command).exitCode()).isEqualTo(2);
    }

    @Test
    @DisplayName("D9 access is given, listed and taken back from a shell, with who and why")
    void grants() {
        String[] give = {
            "grant",
            "give",
            "user:ada",
            "--plan",
            "pro-monthly",
            "--until",
            "2099-01-01",
            "--by",
            "support",
            "--reason",
            "outage in May",
            "--key",
            "outage-ada",
            "--catalog",
            catalog()
        };
        assertThat(done(give).out())
                .startsWith("outage-ada  plan pro-monthly  from ")
                .endsWith(" until 2099-01-01T00:00:00Z  by support: outage in May\n");
        done(give);
        assertThat(app().billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE);

        JsonNode listed = parsed(done("grant", "list", "user:ada", "--json").out());
        assertThat(listed.at("/given/by").textValue()).isEqualTo("support");
        assertThat(listed.path("plan").textValue()).isEqualTo("pro-monthly");
        assertThat(done("grant", "revoke", "user:ada", "outage-ada", "--by", "ops", "--reason", "by mistake")
                        .out())
                .contains("taken back ", " by ops: by mistake");
        assertThat(app().billing().grants().list(ADA))
                .singleElement()
                .satisfies(grant -> assertThat(grant.revoked()).isNotNull());

        assertThat(run("grant", "revoke", "user:ada", "none", "--by", "ops", "--reason", "x")
                        .exitCode())
                .isEqualTo(1);
        assertThat(run("grant", "give", "user:ada", "--feature", "x", "--by", "ops", "--reason", "x")
                        .err())
                .contains("No product of the catalog has feature 'x'");
        assertThat(run("grant", "give", "user:ada", "--by", "ops", "--reason", "x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run(and(give, "--feature", "x")).exitCode()).isEqualTo(2);
        assertThat(run("grant", "list", "ada").err()).contains("'ada' is no account");
        assertThat(run("grant", "give", "user:ada", "--plan", "pro-monthly", "--until", "soon")
                        .err())
                .contains("'soon' is no time");
    }

    @Test
    @DisplayName(
            "D14 deleting an account is told first; with --apply it is begun, and the application carries it out and hears")
    void accountDeleted() {
        String subscription = app().subscribe();
        app().takeIn();
        app().forgetHeard();
        String[] delete = {"account", "delete", "user:ada"};

        CliRun refused = run(delete);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEqualTo("""
                        user:ada is not deleted: SUBSCRIPTION_RUNNING; --subscriptions and --invoices can say otherwise
                          subscription %s  team-monthly x 2  ACTIVE: refuse
                          customer %s: delete
                        """.formatted(subscription, app().customer()));
        assertThat(run(and(delete, "--apply")).exitCode()).isEqualTo(1);
        String[] ending = and(delete, "--subscriptions", "end_and_refund");
        assertThat(done(ending).out())
                .startsWith("user:ada would be deleted\n")
                .contains("  subscription " + subscription + "  team-monthly x 2  ACTIVE: end and refund\n");
        JsonNode told = parsed(done(and(ending, "--json")).out());
        assertThat(told.path("applied").booleanValue()).isFalse();
        assertThat(told.at("/subscriptions/0/id").textValue()).isEqualTo(subscription);
        app().work();
        assertThat(app().billing().accounts().find(ADA)).as("a dry run").isPresent();

        JsonNode begun = parsed(done(and(ending, "--apply", "--json")).out());
        assertThat(app().billing().accounts().find(ADA))
                .as("left to the application")
                .isPresent();
        app().work();

        assertThat(app().billing().accounts().find(ADA)).isEmpty();
        assertThat(app().billing()
                        .subscriptions()
                        .list(AccountRef.parse(begun.path("kept_as").textValue())))
                .hasSize(1);
        assertThat(app().heard())
                .contains("SubscriptionEnded", "AccountDeleted")
                .doesNotHaveDuplicates();
        assertThat(done(and(ending, "--apply")).out()).isEqualTo("user:ada is no account, or not any more.\n");
        assertThat(parsed(done(and(ending, "--json")).out()).path("known").booleanValue())
                .isFalse();
        assertThat(run("account", "delete", "ada").exitCode()).isEqualTo(2);
        assertThat(run(and(delete, "--invoices", "burn")).exitCode()).isEqualTo(2);
    }
}
