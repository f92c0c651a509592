package dev.billhook.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sample of a document.
 *
 * @param document the file's name
 * @param line where it stands
 * @param text without the fence
 */
record Sample(String document, long line, String text) {
    private static final Path ROOT = Path.of("..");

    /** All samples of a language. */
    static List<Sample> all(String language) throws IOException {
        Pattern fenced = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<Sample> samples = new ArrayList<>();
        for (Path document : documents) {
            String text = Files.readString(document);
            for (Matcher found = fenced.matcher(text); found.find(); ) {
                long line = text.substring(0, found.start(1)).lines().count() + 1;
                samples.add(new Sample(document.getFileName().toString(), line, found.group(1)));
            }
        }
        return samples;
    }

    @Override
    public String toString() {
        return document + ":" + line;
    }
}
