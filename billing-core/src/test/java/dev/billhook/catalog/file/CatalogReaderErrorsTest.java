package dev.billhook.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billhook.catalog.CatalogException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C1 whatever is wrong with a catalog file is told at once, with the path of the value")
class CatalogReaderErrorsTest {
    private static final String VALID = """
            products:
              pro:
                name: Pro
                tier: 20
                features: [transcripts]
                limits: {episodes: 10, seats: {per_unit: 1}}
            plans:
              pro-monthly:
                product: pro
                interval: month
                pricing: {per_unit: {usd: 29.00}}
                trial: {days: 14, card: required}
                units: {minimum: 1, maximum: 100}
            """;

    @Test
    @DisplayName("the file the cases below break is valid")
    void valid() {
        assertThat(CatalogReader.readYaml(VALID).plans()).hasSize(1);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            name: Pro             | nmae: Pro            | products.pro.nmae: unknown key; did you mean 'name'?
            name: Pro             | name: ~              | products.pro.name: expected a text, found nothing
            name: Pro             | name: ' '            | products.pro.name: expected a text, found ' '
            name: Pro             | name: [Pro]          | products.pro.name: expected a text, found a list
            tier: 20              | tier: high           | products.pro.tier: expected a whole number from 0 to 2147483647 in plain digits, found 'high'
            tier: 20              | tier: 2.0            | products.pro.tier: expected a whole number from 0 to 2147483647 in plain digits, found '2.0'
            tier: 20              | tier: -1             | products.pro.tier: expected a whole number from 0 to 2147483647 in plain digits, found '-1'
            [transcripts]         | transcripts          | products.pro.features: expected a list of features, found 'transcripts'
            [transcripts]         | [Transcripts]        | "products.pro.features[0]: 'Transcripts' is no key: 1 to 64 of a-z, 0-9, '.', '_' and '-', not starting with a sign"
            [transcripts]         | [a, b, a]            | products.pro.features[2]: 'a' stands in the list twice
            episodes: 10          | episodes: 1_000      | products.pro.limits.episodes: expected a whole number from 0 to 1000000000000 in plain digits, found '1_000'
            episodes: 10          | episodes: 010        | products.pro.limits.episodes: expected a whole number from 0 to 1000000000000 in plain digits, found '010'
            episodes: 10          | episodes: 1e3        | products.pro.limits.episodes: expected a whole number from 0 to 1000000000000 in plain digits, found '1e3'
            episodes: 10          | episodes: 0x10       | products.pro.limits.episodes: expected a whole number from 0 to 1000000000000 in plain digits, found '0x10'
            episodes: 10          | episodes: -1         | products.pro.limits.episodes: expected a whole number from 0 to 1000000000000 in plain digits, found '-1'
            {per_unit: 1}         | {per_seat: 1}        | "products.pro.limits.seats: needs 'per_unit' / products.pro.limits.seats.per_seat: unknown key; there is per_unit"
            product: pro          | product: prro        | plans.pro-monthly.product: 'prro' is not known; did you mean 'pro'?
            interval: month       | interval: monthly    | plans.pro-monthly.interval: 'monthly' is not known; did you mean 'month'?
            interval: month       | interval: {every: 37, unit: month} | "plans.pro-monthly.interval: An interval of MONTH takes a count from 1 to 36, not 37"
            interval: month       | interval: {every: 0, unit: month}  | plans.pro-monthly.interval.every: expected a whole number from 1 to 2147483647 in plain digits, found '0'
            interval: month       | interval: {every: 2} | plans.pro-monthly.interval: needs 'unit'
            {per_unit: {usd: 29.00}} | {per_unit: {usd: 1}, flat: {usd: 1}} | "plans.pro-monthly.pricing: needs exactly one of flat, per_unit, graduated, volume, metered, one_time"
            {per_unit: {usd: 29.00}} | {}                | "plans.pro-monthly.pricing: needs exactly one of flat, per_unit, graduated, volume, metered, one_time"
            {per_unit: {usd: 29.00}} | 29.00             | "plans.pro-monthly.pricing: expected a map of flat, per_unit, graduated, volume, metered, one_time, found '29.00'"
            {per_unit: {usd: 29.00}} | {one_time: {usd: 29.00}} | "plans.pro-monthly: pricing one_time goes with interval once, and nothing else does"
            {per_unit: {usd: 29.00}} | {flat: {usd: 29.00}}     | "plans.pro-monthly.units: only per_unit, graduated and volume pricing take units"
            {usd: 29.00}          | {usd: 12.345}        | plans.pro-monthly.pricing.per_unit.usd: 12.345 has more decimals than USD allows (2)
            {usd: 29.00}          | {jpy: 29.5}          | plans.pro-monthly.pricing.per_unit.jpy: 29.5 has more decimals than JPY allows (0)
            {usd: 29.00}          | {kwd: 1.234}         | plans.pro-monthly.pricing.per_unit.kwd: 1.234 cannot be charged: KWD amounts are multiples of 0.010
            {usd: 29.00}          | {isk: 10.50}         | plans.pro-monthly.pricing.per_unit.isk: 10.50 cannot be charged: ISK amounts are multiples of 1.00
            {usd: 29.00}          | {usd: -29.00}        | plans.pro-monthly.pricing.per_unit.usd: -29.00 must not be negative
            {usd: 29.00}          | {usd: 1_000}         | plans.pro-monthly.pricing.per_unit.usd: expected a number like 12.50 in plain digits, found '1_000'
            {usd: 29.00}          | {usd: "1,000"}       | plans.pro-monthly.pricing.per_unit.usd: expected a number like 12.50 in plain digits, found '1,000'
            {usd: 29.00}          | {usd: .inf}          | plans.pro-monthly.pricing.per_unit.usd: expected a number like 12.50 in plain digits, found '.inf'
            {usd: 29.00}          | {usd: 999999999999999999} | plans.pro-monthly.pricing.per_unit.usd: 999999999999999999 is too large
            {usd: 29.00}          | {usx: 29.00}         | plans.pro-monthly.pricing.per_unit.usx: 'usx' is no ISO 4217 currency code
            {usd: 29.00}          | {usd: 1, USD: 2}     | plans.pro-monthly.pricing.per_unit.USD: stands here twice
            {usd: 29.00}          | {}                   | plans.pro-monthly.pricing.per_unit: needs at least one currency
            {usd: 29.00}          | 29.00                | "plans.pro-monthly.pricing.per_unit: expected a map by currency, e.g. {usd: …}, found '29.00'"
            days: 14              | days: 731            | plans.pro-monthly.trial.days: expected a whole number from 1 to 730 in plain digits, found '731'
            card: required        | card: reqired        | plans.pro-monthly.trial.card: 'reqired' is not known; did you mean 'required'?
            tier: 20              | "tier: 20\n    on: [pro]" | products.pro.on: only add-ons go on other products; they have kind: add-on
            tier: 20              | "tier: 20\n    kind: addon" | products.pro.kind: 'addon' is not known; did you mean 'add-on'?
            "    interval: month" | "    set_up_fee: pro-monthly\n    interval: month" | "plans.pro-monthly.set_up_fee: 'pro-monthly' is no set-up fee: that is a plan of interval once of a product of kind add-on"
            maximum: 100          | "maximum: 100, included: 101" | plans.pro-monthly.units: Included units must satisfy 0 <= included <= maximum
            maximum: 100          | "maximum: 100, beyond: refused" | plans.pro-monthly.units.beyond: 'refused' is not known; did you mean 'refuse'?
            minimum: 1            | minimum: 101         | plans.pro-monthly.units: Units must satisfy 0 <= minimum <= maximum
            trial: {days: 14, card: required} | limited: {hold: 45m}             | plans.pro-monthly.limited: needs 'places'
            trial: {days: 14, card: required} | limited: 500                     | "plans.pro-monthly.limited: expected a map of places, hold, returned, found '500'"
            trial: {days: 14, card: required} | limited: {places: -1}            | plans.pro-monthly.limited.places: expected a whole number from 0 to 1000000000000 in plain digits, found '-1'
            trial: {days: 14, card: required} | "limited: {places: 5, hold: 29m}" | "plans.pro-monthly.limited.hold: expected a time from 30m to 24h in minutes or hours, found '29m'"
            trial: {days: 14, card: required} | "limited: {places: 5, hold: 25h}" | "plans.pro-monthly.limited.hold: expected a time from 30m to 24h in minutes or hours, found '25h'"
            trial: {days: 14, card: required} | "limited: {places: 5, hold: 1d}"  | "plans.pro-monthly.limited.hold: expected a time from 30m to 24h in minutes or hours, found '1d'"
            trial: {days: 14, card: required} | "limited: {places: 5, returned: keep}" | plans.pro-monthly.limited.returned: 'keep' is not known; there is resold, kept
            "  pro-monthly:"      | "  Pro-Monthly:"     | "plans.Pro-Monthly: 'Pro-Monthly' is no key: 1 to 64 of a-z, 0-9, '.', '_' and '-', not starting with a sign"
            "plans:"              | "planz:"             | planz: unknown key; did you mean 'plans'?
            """)
    @DisplayName("each error names its path, what was found, and what to do")
    void errors(String from, String to, String errors) {
        assertThat(VALID).contains(from);
        assertThat(errorsOf(VALID.replace(from, to))).containsExactly(errors.split(" / "));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {graduated: {usd: []}}                                        | graduated.usd: A tiered price needs at least one tier
            {graduated: {usd: [{up_to: 5, unit: 1}]}}                     | "graduated.usd: The last tier, and only it, is open"
            {volume: {usd: [{up_to: 5, unit: 1}, {up_to: 5, unit: 1}, {up_to: inf, unit: 1}]}} | volume.usd: Tiers must ascend; 5 follows 5
            {volume: {usd: [{up_to: many, unit: 1}]}}                     | "volume.usd[0].up_to: expected a whole number from 1 to 1000000000000 in plain digits, found 'many'"
            {volume: {usd: [{unit: 1}]}}                                  | volume.usd[0]: needs 'up_to'
            {volume: {usd: [{up_to: inf}]}}                               | "volume.usd[0]: needs 'unit', 'flat' or both"
            {volume: {usd: [{up_to: inf, flat: 0.001}]}}                  | volume.usd[0].flat: 0.001 has more decimals than USD allows (2)
            {volume: {usd: [{up_to: inf, unit: 0.000000000000001}]}}      | volume.usd[0].unit: 0.000000000000001 has more than 12 decimals of the minor unit
            {volume: {usd: 5}}                                            | "volume.usd: expected a list of tiers, found '5'"
            {volume: {usd: [5]}}                                          | "volume.usd[0]: expected a map of up_to, unit, flat, found '5'"
            {metered: {amounts: {usd: 1}}}                                | metered: needs 'meter'
            {metered: {meter: calls}}                                     | metered: needs 'amounts'
            {metered: {meter: calls, amounts: {usd: -1}}}                 | metered.amounts.usd: -1 must not be negative
            """)
    @DisplayName("B3 tiers and meters are checked as strictly")
    void pricingErrors(String pricing, String error) {
        String yaml = VALID.replace("{per_unit: {usd: 29.00}}", pricing).replaceAll("    units: .*\n", "");

        assertThat(errorsOf(yaml)).containsExactly("plans.pro-monthly.pricing." + error);
    }

    @Test
    @DisplayName("B3 C22 what an add-on cannot have is told")
    void addOnErrors() {
        List<String> errors = errorsOf("""
                products:
                  pro: {name: Pro, tier: 1}
                  storage: {name: Storage, kind: add-on, tier: 2, on: [storage, pro, gold]}
                plans:
                  pro: {product: pro, interval: month, pricing: {flat: {usd: 1}}, set_up_fee: deal}
                  deal: {product: pro, interval: once, pricing: {one_time: {usd: 1}}}
                  lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 1}}, set_up_fee: fee}
                  storage: {product: storage, interval: month, pricing: {flat: {usd: 1}}, trial: {days: 3}, set_up_fee: fee, limited: {places: 3}}
                  fee: {product: storage, interval: once, pricing: {one_time: {usd: 1}}}
                  abroad: {product: pro, interval: month, pricing: {flat: {usd: 1, eur: 1}}, set_up_fee: fee}
                """);

        assertThat(errors)
                .containsExactly(
                        "products.storage.tier: an add-on has no tier",
                        "products.storage.on[0]: 'storage' is not known; there is pro",
                        "products.storage.on[2]: 'gold' is not known; there is pro",
                        "plans.pro.set_up_fee: 'deal' is no set-up fee: that is a plan of interval once of a product of kind"
                                + " add-on",
                        "plans.lifetime.set_up_fee: a one-time purchase has no set-up fee",
                        "plans.storage.trial: an add-on has no trial",
                        "plans.storage.set_up_fee: an add-on has no set-up fee",
                        "plans.storage.limited: only plans of tiers are limited",
                        "plans.abroad.set_up_fee: 'fee' is not sold in EUR, as the plan is; one invoice has one currency");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            version: V2                              | "plans.pro-monthly.version: 'V2' is no key: 1 to 64 of a-z, 0-9, '.', '_' and '-', not starting with a sign"
            version: [a]                             | plans.pro-monthly.version: expected a text, found a list
            versions: [first]                        | "plans.pro-monthly.versions: expected a map of what versions keep, by their names, found a list"
            versions: {first: {features: [a]}}       | "plans.pro-monthly: Version 'first' is the one that is sold, and has what its product has; give what is sold now another name"
            versions: {old: {}}                      | "plans.pro-monthly.versions.old: keeps nothing; say its features, its limits or both, or leave it out"
            versions: {old: {featurs: [a]}}          | "plans.pro-monthly.versions.old: keeps nothing; say its features, its limits or both, or leave it out / plans.pro-monthly.versions.old.featurs: unknown key; did you mean 'features'?"
            versions: {old: {limits: {a: some}}}     | plans.pro-monthly.versions.old.limits.a: expected a whole number from 0 to 1000000000000 in plain digits, found 'some'
            """)
    @DisplayName("C21 a version that is wrong is told of where it stands")
    void versions(String entry, String errors) {
        String broken = VALID.replace("    product: pro\n", "    product: pro\n    " + entry + "\n");

        assertThat(errorsOf(broken)).containsExactly(errors.split(" / "));
    }

    @Test
    @DisplayName("C1 every error is told at once, in the file's order, and none because of another")
    void allAtOnce() {
        List<String> errors = errorsOf("""
                plans:
                  a: {product: pro, interval: fortnight, pricing: {flat: {usd: 0.001}}}
                  b: {product: gold, interval: month}
                products:
                  pro: {name: Pro}
                  free: {name: Free, tier: 1}
                extra: 1
                """);

        assertThat(errors)
                .containsExactly(
                        "plans.a.interval: 'fortnight' is not known; there is day, week, month, year, once",
                        "plans.a.pricing.flat.usd: 0.001 has more decimals than USD allows (2)",
                        "plans.b: needs 'pricing'",
                        "plans.b.product: 'gold' is not known; there is pro, free",
                        "products.pro: needs 'tier'",
                        "extra: unknown key; there is products, plans, portal, coupons, access");
    }

    @Test
    @DisplayName("C1 a product nobody can buy is an error")
    void unsold() {
        assertThat(errorsOf(VALID.replace("plans:", "  free: {name: Free, tier: 1}\nplans:")))
                .containsExactly("products.free: is sold by no plan; add one or remove the product");
    }

    @Test
    @DisplayName("C1 the exception lists all errors under the name of the source")
    void message() {
        CatalogException e = catchThrowableOfType(
                CatalogException.class,
                () -> CatalogReader.read("shop.yaml", new java.io.StringReader("products: {}\nplans: {}\n")));

        assertThat(e)
                .hasMessage(
                        "Catalog shop.yaml has 2 errors:\n  line 1: products: must not be empty\n  line 2: plans: must not be empty");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                       | is empty
            hello                    | "expected a map of products, plans, portal, coupons, access, found 'hello'"
            []                       | "expected a map of products, plans, portal, coupons, access, found a list"
            "a: [1"                  | "line 1, column 6: while parsing a flow sequence, expected ',' or ']', but got <stream end>"
            "a: b: c"                | "line 1, column 5: mapping values are not allowed here"
            """)
    @DisplayName("a text that is no catalog at all is told in one line")
    void notACatalog(String yaml, String error) {
        assertThat(errorsOf(yaml)).containsExactly(error);
    }

    @Test
    @DisplayName("a syntax error names the line on which the text stops making sense")
    void tab() {
        assertThat(errorsOf("products:\n\tpro: 1\n"))
                .singleElement()
                .asString()
                .startsWith("line 2, column 1: ")
                .contains("TAB");
    }

    @Test
    @DisplayName("a key that stands twice in one map is an error, whatever its values")
    void duplicateKeys() {
        assertThat(errorsOf(VALID.replace("    tier: 20\n", "    tier: 20\n    tier: 20\n")))
                .containsExactly("products.pro.tier: stands here twice");
    }

    @Test
    @DisplayName("aliases are refused, so a small file cannot unfold into a huge one")
    void aliases() {
        String bomb = VALID.replace("[transcripts]", "&a [transcripts]")
                .replace("limits: {episodes: 10", "limits: {episodes: *a");

        assertThat(errorsOf(bomb))
                .containsExactly("products.pro.limits.episodes: aliases (*a) are not supported; repeat the value");
    }

    @Test
    @DisplayName("a second document in the file is refused, not ignored")
    void secondDocument() {
        assertThat(errorsOf(VALID + "---\n" + VALID))
                .containsExactly("a second document starts here; put everything into one");
    }

    @Test
    @DisplayName("deep nesting is refused before it exhausts the stack")
    void nesting() {
        assertThat(errorsOf("[".repeat(200_000))).singleElement().asString().contains("depth");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 42, 20261120})
    @DisplayName("a file damaged anywhere is a catalog or a list of errors, never another failure")
    void fuzz(long seed) {
        Random random = new Random(seed);
        String alphabet = "{}[]:,-#&*!|>'\"%@`\t\n \u0000\uD800ü0a.";
        for (int i = 0; i < 800; i++) {
            StringBuilder damaged = new StringBuilder(VALID);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                int at = random.nextInt(damaged.length());
                damaged.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(CatalogReader.readYaml(damaged.toString()).plans()).isNotEmpty();
            } catch (CatalogException e) {
                assertThat(e.errors()).isNotEmpty().noneMatch(String::isBlank);
            }
        }
    }

    private static List<String> errorsOf(String yaml) {
        CatalogException e = catchThrowableOfType(CatalogException.class, () -> CatalogReader.readYaml(yaml));
        assertThat(e).as("a catalog with errors").isNotNull();
        return e.errors();
    }
}
