package dev.billhook.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.BillingException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The walls of core stand")
class CoreArchitectureTest {
    private static final int MOST_TYPES = 12;
    private static final String[] CAPABILITIES = {
        "dev.billhook.account..",
        "dev.billhook.money..",
        "dev.billhook.catalog..",
        "dev.billhook.subscription..",
        "dev.billhook.unit..",
        "dev.billhook.usage..",
        "dev.billhook.support..",
        "dev.billhook.trial..",
        "dev.billhook.addon..",
        "dev.billhook.conversion..",
        "dev.billhook.checkout..",
        "dev.billhook.migration..",
        "dev.billhook.invoice..",
        "dev.billhook.credit..",
        "dev.billhook.quote..",
        "dev.billhook.imports..",
        "dev.billhook.offer..",
        "dev.billhook.entitlement..",
        "dev.billhook.event..",
        "dev.billhook.webhook..",
        "dev.billhook.mirror.."
    };
    private static final Set<String> NOW =
            Set.of("java.time.Instant.now", "java.lang.System.currentTimeMillis", "java.time.LocalDate.now");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.billhook");

    @Test
    @DisplayName("core knows no SQL, no HTTP, no Stripe and no framework")
    void knowsNoTechnology() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.billhook..",
                        "java.lang..",
                        "java.io..",
                        "java.math..",
                        "java.net",
                        "java.nio..",
                        "java.security..",
                        "java.text..",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "com.fasterxml.jackson..",
                        "jakarta.inject..",
                        "org.jspecify..",
                        "org.slf4j.."))
                .check(CORE);
    }

    @Test
    @DisplayName("YAML, JSON and separated values are read and written in four places only")
    void knowsJacksonInFourPlaces() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.billhook.internal.yaml",
                        "dev.billhook.internal.csv",
                        "dev.billhook.internal.support",
                        "dev.billhook.spi.store")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson..")
                        .and(not(resideInAPackage("com.fasterxml.jackson.annotation"))))
                .check(CORE);
    }

    @Test
    @DisplayName("a capability depends neither on the ports nor on the insides; only the readers of files are shared")
    void capabilitiesArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(CAPABILITIES)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.billhook.spi..", "dev.billhook.internal..")
                        .and(not(resideInAnyPackage("dev.billhook.internal.yaml", "dev.billhook.internal.csv"))))
                .check(CORE);
    }

    @Test
    @DisplayName("the file reader's tree knows money and the root exception, nothing else of Billhook")
    void treeIsALeaf() {
        noClasses()
                .that()
                .resideInAPackage("dev.billhook.internal.yaml")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.billhook..")
                        .and(not(resideInAnyPackage("dev.billhook.internal.yaml", "dev.billhook.money")))
                        .and(not(belongToAnyOf(BillingException.class))))
                .check(CORE);
    }

    @Test
    @DisplayName("the ports do not know who uses them")
    void portsAreOutside() {
        noClasses()
                .that()
                .resideInAPackage("dev.billhook.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.billhook.internal..")
                .check(CORE);
    }

    @Test
    @DisplayName("nothing but the wiring knows the shop window")
    void shopWindow() {
        noClasses()
                .that(not(isWiring()))
                .should()
                .dependOnClassesThat(belongToAnyOf(Billing.class, BillingBuilder.class))
                .check(CORE);
    }

    @Test
    @DisplayName("packages are free of cycles")
    void noCycles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CORE);
    }

    @Test
    @DisplayName("a package holds at most 12 types")
    void smallPackages() {
        Map<String, Long> types = CORE.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(types)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    @DisplayName("every package is null-marked")
    void nullMarked() {
        Set<JavaPackage> packages =
                Set.copyOf(CORE.stream().map(JavaClass::getPackage).toList());

        assertThat(packages)
                .hasSizeGreaterThan(10)
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @Test
    @DisplayName("D13 there is no static state: static fields are final and hold nothing that changes")
    void noStaticState() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .andShould()
                .notHaveRawType(describe(
                        "something that changes",
                        type -> type.isArray()
                                || type.getPackageName().startsWith("java.util.concurrent")
                                || type.isAssignableTo(ThreadLocal.class)
                                || type.isAssignableTo(StringBuilder.class)))
                .check(CORE);
    }

    @Test
    @DisplayName("C6 time is an input: only the builder asks for the present")
    void timeIsAnInput() {
        noClasses()
                .that(not(belongToAnyOf(BillingBuilder.class)))
                .should()
                .accessTargetWhere(describe("asks for the present", CoreArchitectureTest::asksForThePresent))
                .check(CORE);
    }

    @Test
    @DisplayName("nothing is printed")
    void nothingPrinted() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CORE);
    }

    private static boolean asksForThePresent(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean source = owner.isAssignableTo(InstantSource.class) || owner.isEquivalentTo(Clock.class);
        return NOW.contains(owner.getName() + "." + access.getName())
                || (source && access.getName().startsWith("system"));
    }

    /** The shop window and what stands right behind it: they know every part, and no part knows them. */
    private static DescribedPredicate<JavaClass> isWiring() {
        return belongToAnyOf(Billing.class, BillingBuilder.class).or(resideInAPackage("dev.billhook.internal"));
    }

    /** A slice for each package; the root's exceptions and values are one, its wiring another. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(isWiring().test(type) ? "wiring" : type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages, the wiring apart";
        }
    }
}
