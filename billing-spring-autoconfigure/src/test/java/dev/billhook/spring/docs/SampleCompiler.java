package dev.billhook.spring.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles samples, each within a class of a host that has what samples speak of. */
final class SampleCompiler {
    /** What the host has: fields and methods that samples use without declaring them. */
    private static final String HOST = """
            Billing billing; AccountRef account; Catalog catalog; ProviderScope scope; RequestKey key;
            PaymentProvider provider, stripe; BillingStores stores; javax.sql.DataSource dataSource;
            PlanKey plan, TEAM; CheckoutRequest request; PlanChange change; Money money; BillingListener mailer, mails;
            URI successUrl, cancelUrl, returnUrl, thanks; String purchaseId, discountId, id, a, b, signatureHeader;
            byte[] rawBody; Instant endOfYear, endOfMonth, trialEnd, from, until; Path file; String requestId;
            interface Metrics { void count(String name, Object... tags); } Metrics metrics;
            interface Mail { void askFor(AccountRef whom, Set<?> what); } Mail mail;
            interface Members { long count(String team); } Members members;
            Object redirect(URI url) { return url; }
            void redirect(int status, URI url) {}
            Object page(Object words) { return words; }
            Object toThePortal() { return ""; }
            String comeBackAfter(Instant time) { return ""; }
            String soldOut() { return ""; }
            void show(Object... what) {}
            void log(Object what) {}
            void linkTo(Object page) {}
            void later(Object... what) {}
            """;

    /** What the hosts of single documents have besides, or in its place. */
    private static final Map<String, String> HOST_OF = Map.of(
            "simulator.md",
            "StripeSimulator stripe;",
            "spring.md",
            "static class OwnConverter implements PlanConverter {"
                    + " public Conversion convert(ConversionRequest request) { return null; } }");

    private static final String IMPORTS = """
            import java.net.*; import java.nio.file.*; import java.time.*; import java.util.*; import java.util.stream.*;
            import org.junit.jupiter.api.*; import org.springframework.beans.factory.annotation.*;
            import org.springframework.context.annotation.*;
            import dev.billhook.credit.CreditNoteRequest.Line;
            import static dev.billhook.credit.CreditNoteRequest.Reason.DUPLICATE;
            import static dev.billhook.credit.CreditNoteRequest.Repayment.BALANCE;
            import static dev.billhook.credit.RefundRequest.Reason.REQUESTED_BY_CUSTOMER;
            import static dev.billhook.deletion.DeletionPolicy.Running.*;
            import static dev.billhook.subscription.Cancellation.Settlement.*;
            """;

    private static final Pattern INTERNAL =
            Pattern.compile("\\.internal|\\.spring\\.docs|\\.simulator\\.(?!api|junit|seed)");
    private static final Pattern MEMBER = Pattern.compile("\\A(@|class )");

    private SampleCompiler() {}

    /** What javac says against them, with document and line. */
    static List<String> complaints(List<Sample> samples, Path output) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            String imports = IMPORTS + publicPackages(files);
            List<Source> sources = new ArrayList<>();
            for (Sample sample : samples) {
                sources.add(new Source(sample, "Sample" + sources.size(), imports));
            }
            List<String> options = List.of("-proc:none", "-Xlint:none", "-d", output.toString());
            compiler.getTask(null, files, said, options, null, sources).call();
        }
        return said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(SampleCompiler::told)
                .toList();
    }

    private static String told(Diagnostic<? extends JavaFileObject> diagnostic) {
        String where = diagnostic.getSource() instanceof Source source
                ? source.sample.document() + ":" + (source.sample.line() + diagnostic.getLineNumber() - source.before)
                : "";
        return where + " " + diagnostic.getMessage(Locale.ROOT);
    }

    /** Imports of all that hosts may use. */
    private static String publicPackages(JavaFileManager files) throws IOException {
        List<String> names = new ArrayList<>();
        for (JavaFileObject type :
                files.list(StandardLocation.CLASS_PATH, "dev.billhook", EnumSet.of(JavaFileObject.Kind.CLASS), true)) {
            String name = files.inferBinaryName(StandardLocation.CLASS_PATH, type);
            names.add(name.substring(0, name.lastIndexOf('.')));
        }
        return names.stream()
                .distinct()
                .filter(name -> !INTERNAL.matcher(name).find())
                .map(name -> "import " + name + ".*;")
                .collect(Collectors.joining(" ", "", "\n"));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Sample sample;
        private final String text;
        private final long before;

        Source(Sample sample, String name, String imports) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.sample = sample;
            boolean member = MEMBER.matcher(sample.text()).find();
            String head = imports
                    + "class " + name + "Host {\n" + HOST + "}\n"
                    + "class " + name + " extends " + name + "Host {\n"
                    + HOST_OF.getOrDefault(sample.document(), "") + "\n"
                    + (member ? "" : "Object sample() throws Exception { if (billing != null) {\n");
            this.before = head.lines().count() + 1;
            this.text = head + sample.text().replace("…", "") + (member ? "}" : "} return null; } }");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
