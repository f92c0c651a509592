package dev.billhook.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.billhook.BillingException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.testing.DocumentTable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/errors.md. */
@DisplayName("C5 the document tells every error")
class ErrorsDocumentTest {
    static Stream<List<String>> provider() {
        return DocumentTable.rows("errors.md", "provider").stream();
    }

    static Stream<List<String>> own() {
        return DocumentTable.rows("errors.md", "own").stream();
    }

    @Test
    @DisplayName("C5 every category of the provider has its row")
    void everyCategory() {
        assertThat(provider().map(row -> Category.valueOf(row.get(0)))).containsExactlyInAnyOrder(Category.values());
    }

    @ParameterizedTest
    @MethodSource("provider")
    @DisplayName("C5 a row names the type of its category, and whether repeating helps and why")
    void row(List<String> row) {
        Category category = Category.valueOf(row.get(0));
        ProviderException thrown = ProviderException.of(category, "message", "req_1", null);

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(row.get(1));
        assertThat(thrown.category()).isEqualTo(category);
        assertThat(thrown.retryable()).isEqualTo(row.get(4).equals("yes"));
        if (row.get(3).equals("unknown")) {
            assertThat(thrown).as("where nobody knows, the same key must help").matches(ProviderException::retryable);
        }
        assertThat(row.get(5)).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("own")
    @DisplayName("C5 what Billhook refuses by itself is a type there is")
    void ownType(List<String> row) throws ClassNotFoundException {
        assertThat(Class.forName(row.get(1) + "." + row.get(0))).isAssignableTo(RuntimeException.class);
    }

    @Test
    @DisplayName("C5 every exception of Billhook has its row")
    void everyOwnType() {
        Set<String> told = own().map(row -> row.get(1) + "." + row.get(0)).collect(Collectors.toSet());

        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("dev.billhook")
                                .stream()
                                .filter(type -> type.isAssignableTo(BillingException.class))
                                .filter(type -> !type.isAssignableTo(ProviderException.class))
                                .map(JavaClass::getName)
                                .filter(name -> !name.equals(BillingException.class.getName())))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(told).contains(name));
    }
}
