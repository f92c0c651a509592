package dev.billhook.simulator.wiring;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps worlds in files. A file is replaced only by a whole one. */
public final class WorldFiles {
    private final Assembly assembly;

    public WorldFiles(Assembly assembly) {
        this.assembly = assembly;
    }

    public void write(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                assembly.snapshot().write(out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot " + file + " cannot be written", e);
        }
    }

    public void read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            assembly.snapshot().read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot " + file + " cannot be read", e);
        }
    }
}
