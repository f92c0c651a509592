import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Adds up the Surefire and Failsafe reports of all modules: {@code java TestSummary.java <root> <since>}, where reports
 * older than the instant {@code since} belong to an earlier build and do not count. Test classes name the database they
 * ran on by printing a line {@code billhook.database: <name and version>}.
 */
final class TestSummary {
    private static final Pattern DATABASE = Pattern.compile("billhook\\.database: ([\\w .,()+~:-]*[\\w)])");

    private final Set<String> databases = new TreeSet<>();
    private int run;
    private int failed;
    private int skipped;

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toRealPath();
        Instant since = Instant.parse(args[1]);
        TestSummary summary = new TestSummary();
        for (Path report : reports(root)) {
            if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                summary.read(report);
            }
        }
        System.out.printf(
                "Tests: %d run, %d failed, %d skipped (Java %s)%n",
                summary.run, summary.failed, summary.skipped, System.getProperty("java.version"));
        System.out.println("Databases: " + (summary.databases.isEmpty() ? "none" : String.join(", ", summary.databases)));
    }

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 6)) {
            return files.filter(file -> file.getParent().endsWith(Path.of("target", "surefire-reports"))
                            || file.getParent().endsWith(Path.of("target", "failsafe-reports")))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private void read(Path report) throws IOException {
        String name = report.getFileName().toString();
        boolean xml = name.startsWith("TEST-") && name.endsWith(".xml");
        if (xml) {
            count(report);
        }
        if (xml || name.endsWith("-output.txt")) {
            String text = new String(Files.readAllBytes(report), StandardCharsets.UTF_8);
            DATABASE.matcher(text).results().forEach(match -> databases.add(match.group(1)));
        }
    }

    private void count(Path report) throws IOException {
        try (var in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(in);
            xml.nextTag();
            run += number(xml, "tests");
            failed += number(xml, "failures") + number(xml, "errors");
            skipped += number(xml, "skipped");
        } catch (XMLStreamException e) {
            throw new IOException("Not a test report: " + report, e);
        }
    }

    private static int number(XMLStreamReader xml, String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null ? 0 : Integer.parseInt(value);
    }
}
