package dev.billhook.stripe.internal.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The way to Stripe is as safe as the JVM makes it")
class TransportSecurityTest {
    @Test
    @DisplayName("no setting weakens TLS, for this client or for the whole JVM, whatever the API's base")
    void tlsIsLeftAlone() {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.net.ssl..", "java.security.cert..")
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(com.stripe.Stripe.class, "overrideApiBase", String.class);

        rule.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.billhook.stripe"));
    }
}
