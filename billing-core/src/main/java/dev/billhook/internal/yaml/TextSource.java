package dev.billhook.internal.yaml;

import dev.billhook.BillingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Loads a document's text, of bounded length. */
public final class TextSource {
    /** Longest text, in bytes of a file or characters of a reader: 1 MiB. */
    public static final int MAX_LENGTH = 1 << 20;

    private TextSource() {}

    /**
     * The text of a UTF-8 file; empty, with a problem noted, if it is too long or of another encoding.
     *
     * @throws BillingException if there is no such file or it cannot be read
     */
    public static Optional<String> load(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                return tooLong(problems);
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (NoSuchFileException e) {
            throw new BillingException("There is no file " + file + "; create it or name another", e);
        } catch (CharacterCodingException e) {
            problems.add(Position.NOWHERE, "", "is not UTF-8 text; save it as UTF-8");
            return Optional.empty();
        } catch (IOException e) {
            throw new BillingException("File " + file + " cannot be read; check its permissions", e);
        }
    }

    /**
     * What the reader has left, which stays open; empty, with a problem noted, if it is too long.
     *
     * @throws BillingException if the reader fails
     */
    public static Optional<String> load(Reader reader, Problems problems) {
        StringBuilder text = new StringBuilder();
        char[] chunk = new char[8192];
        try {
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk)) {
                text.append(chunk, 0, read);
                if (text.length() > MAX_LENGTH) {
                    return tooLong(problems);
                }
            }
        } catch (IOException e) {
            throw new BillingException("The text cannot be read", e);
        }
        return Optional.of(text.toString());
    }

    private static Optional<String> tooLong(Problems problems) {
        problems.add(Position.NOWHERE, "", "is longer than 1 MiB");
        return Optional.empty();
    }
}
