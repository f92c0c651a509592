package dev.billhook.stripe.internal.webhook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Time cannot be measured reliably here, so the way of comparing is asserted. */
@DisplayName("C6 Signatures are compared in constant time")
class ConstantTimeTest {
    private static final Set<String> COMPARISONS =
            Set.of("equals", "equalsIgnoreCase", "compareTo", "compare", "mismatch", "contains", "indexOf", "anyMatch");

    private final JavaClass verifier = new ClassFileImporter().importClass(SignatureVerifier.class);

    @Test
    @DisplayName("by MessageDigest.isEqual, and by nothing that ends at the first difference")
    void comparison() {
        List<JavaMethodCall> calls = List.copyOf(verifier.getMethod("matches", SignatureHeader.class, byte[].class)
                .getMethodCallsFromSelf());

        assertThat(calls)
                .filteredOn(call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class))
                .singleElement()
                .satisfies(call -> assertThat(call.getName()).isEqualTo("isEqual"));
        assertThat(calls).noneMatch(call -> COMPARISONS.contains(call.getName()));
    }

    @Test
    @DisplayName("every given signature with every secret: the loop has one way out, and no digest leaves the verifier")
    void nothingElseCompares() {
        noMethods()
                .that()
                .areDeclaredIn(SignatureVerifier.class)
                .and()
                .doNotHaveName("sign")
                .should()
                .haveRawReturnType(byte[].class)
                .check(new ClassFileImporter().importClasses(SignatureVerifier.class));
        assertThat(verifier.getMethod("matches", SignatureHeader.class, byte[].class)
                        .getMethodCallsFromSelf())
                .filteredOn(call -> call.getName().equals("sign"))
                .hasSize(1);
    }
}
