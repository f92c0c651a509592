package dev.billhook.imports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.BillingException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.ImportRow;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D9 The file of an import")
class ImportFileTest {
    private static final AccountRef ADA = AccountRef.of("user", "ada");

    private static List<ImportLine> read(String text) {
        try (Stream<ImportLine> lines = ImportFile.read(new StringReader(text))) {
            return lines.toList();
        }
    }

    @Test
    @DisplayName("D9 a row says who, which customer, and what is given until when and why")
    void wholeRow() {
        assertThat(read("""
                        account,email,email_verified,name,customer,plan,units,until,reason
                        user:ada,ada@example.com,yes,Ada L.,cus_1,team-monthly,3,2027-06-01,founding member
                        """))
                .containsExactly(new ImportRow(
                        2,
                        ADA,
                        new AccountProfile("ada@example.com", "Ada L."),
                        true,
                        "cus_1",
                        new ImportRow.Given(
                                PlanKey.of("team-monthly"),
                                3,
                                Instant.parse("2027-06-01T00:00:00Z"),
                                "founding member")));
    }

    @Test
    @DisplayName("D9 columns come in any order and case, in one column or two; what is blank is none")
    void columns() {
        assertThat(read(
                        "Email_Verified;ACCOUNT_ID; account_type ;plan;until\n;ada;user;pro-monthly;2027-06-01T12:00:00+02:00\n\n"
                                + "0;7;team;;\n"))
                .containsExactly(
                        ImportRow.of(2, ADA)
                                .grant(ImportRow.Given.of(PlanKey.of("pro-monthly"))
                                        .until(Instant.parse("2027-06-01T10:00:00Z"))),
                        ImportRow.of(4, AccountRef.of("team", "7")));
    }

    @Test
    @DisplayName("D9 quoted values hold separators, quotes and line ends; lines are counted as an editor counts them")
    void quotes() {
        assertThat(read("\uFEFFaccount,name\r\n\"user:ada\",\"Ada \"\"the first\"\",\r\nL.\"\r\nuser:bob,\"\"\r\n"))
                .containsExactly(
                        ImportRow.of(2, ADA).profile(new AccountProfile(null, "Ada \"the first\",\nL.")),
                        ImportRow.of(4, AccountRef.of("user", "bob")));
    }

    @Test
    @DisplayName("D9 a quote within a value is part of it, and a quoted value may have spaces around it")
    void looseQuotes() {
        assertThat(read("account,name\nuser:ada,5\" reel\n user:bob , \"Bob, B.\" \n"))
                .containsExactly(
                        ImportRow.of(2, ADA).profile(new AccountProfile(null, "5\" reel")),
                        ImportRow.of(3, AccountRef.of("user", "bob")).profile(new AccountProfile(null, "Bob, B.")));
    }

    @Test
    @DisplayName(
            "D9 a value is read up to a hundred thousand characters, so that a lost quote does not take the whole file in")
    void longValues() {
        String longest = "x".repeat(99_000);
        assertThat(read("\n \naccount;reason;plan\nuser:ada;" + longest + ";pro\n"))
                .containsExactly(ImportRow.of(4, ADA).grant(new ImportRow.Given(PlanKey.of("pro"), 1, null, longest)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("account,name\nuser:ada,\"" + "Ada\n".repeat(50_000)))
                .withMessage("A value on line 2 has more than 100000 characters; maybe a quote is not closed");
    }

    @ParameterizedTest(name = "D9 {0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ada,,,,,,,                         | An account reference has the form type:id",
                "user:ada,no address,,,,,,          | column email holds no address",
                "user:ada,,perhaps,,,,,             | column email_verified holds neither true nor false",
                "user:ada,,,,,pro-monthly,many,     | column units holds no number",
                "user:ada,,,,,pro-monthly,,tomorrow | column until holds no time like 2027-06-01 or 2027-06-01T12:00:00Z",
                "user:ada,,,,,,2,                   | column units is filled, and column plan is not",
                "user:ada,,,,,Pro Monthly,,         | 'Pro Monthly' is no plan key; it must match [a-z0-9][a-z0-9._-]{0,63}",
                ",,,,,,,                            | it names no account",
                "deleted:1,,,,,,,                   | accounts of type deleted are those that were deleted",
                "user:ada                           | it has 1 values, and there are 8 columns",
                "user:ada,,,\"A\"da,,,,             | something follows the quoted value 4",
                "user:ada,,,\"A\"d\"a\",,,,         | something follows the quoted value 4",
                "user:ada,,,,,,,\"\"a              | something follows the quoted value 8"
            })
    @DisplayName("D9 a line that cannot be understood is told with what is wrong, and the others are read")
    void unreadable(String line, String problem) {
        assertThat(read("account,email,email_verified,name,customer,plan,units,until\n" + line + "\nuser:bob,,,,,,,\n"))
                .containsExactly(new ImportLine.Unreadable(2, problem), ImportRow.of(3, AccountRef.of("user", "bob")));
    }

    @ParameterizedTest(name = "D9 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "account,emial     | emial",
                "account,account   | account",
                "email,name        | No column tells the account",
                "account_id,email  | No column tells the account"
            })
    @DisplayName("D9 a file whose columns are not understood is not read at all")
    void unknownColumns(String header, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(header + "\nuser:ada,x\n"))
                .withMessageContaining(problem);
    }

    @Test
    @DisplayName("D9 an empty file, an open quote and a missing file are told")
    void broken(@TempDir Path folder) throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> read("\n\n"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("account,name\nuser:ada,\"Ada\nuser:bob,Bob\n"))
                .withMessage("A quote that opens on line 2 is not closed");
        assertThatExceptionOfType(BillingException.class).isThrownBy(() -> ImportFile.read(folder.resolve("none.csv")));
        Path file = Files.writeString(folder.resolve("users.csv"), "account\nuser:ada\n");
        try (Stream<ImportLine> lines = ImportFile.read(file)) {
            assertThat(lines).containsExactly(ImportRow.of(2, ADA));
        }
    }

    @Test
    @DisplayName("D9 whatever values a spreadsheet writes are read as they were")
    void roundTrip() {
        long seed = 20270110L;
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            List<String> names = new ArrayList<>();
            StringBuilder text = new StringBuilder("name,account\n");
            for (int i = 0; i < 5; i++) {
                String name = name(random);
                names.add(name);
                text.append('"')
                        .append(name.replace("\"", "\"\""))
                        .append("\",user:")
                        .append(i)
                        .append('\n');
            }
            assertThat(read(text.toString()))
                    .as("seed %d, run %d", seed, run)
                    .extracting(line -> ((ImportRow) line).profile().name())
                    .containsExactlyElementsOf(names);
        }
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            name.append("a,;\"\n ü".charAt(random.nextInt(7)));
        }
        return name.append('x').toString();
    }
}
