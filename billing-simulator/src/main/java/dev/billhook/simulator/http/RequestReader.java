package dev.billhook.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests (RFC 9112) from a connection; what is malformed or too large is refused with a status. */
final class RequestReader {
    /** A request that is refused before it reaches anybody. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        final int status;

        Refused(int status, String reason) {
            super(reason);
            this.status = status;
        }
    }

    private static final int MAX_LINE = 65_536;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY = 4 << 20;

    private final InputStream in;
    private final OutputStream out;

    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request, or null when the client has closed the connection. */
    @Nullable WireRequest next() throws IOException {
        String line = readLine();
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new Refused(400, "malformed request line");
        }
        Map<String, String> headers = readHeaders();
        if ("HTTP/1.0".equals(parts[2])) {
            headers.putIfAbsent("connection", "close");
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        byte[] body = readBody(headers);
        String target = parts[1].startsWith("http://") ? withoutOrigin(parts[1]) : parts[1];
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new WireRequest(
                parts[0], decodePath(path), question < 0 ? "" : target.substring(question + 1), headers, body);
    }

    private static String withoutOrigin(String target) {
        int slash = target.indexOf('/', "http://".length());
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static String decodePath(String path) throws IOException {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "malformed path");
        }
    }

    private Map<String, String> readHeaders() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int count = 0; ; count++) {
            String line = readLine();
            if (line == null) {
                throw new Refused(400, "headers cut short");
            }
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || count >= MAX_HEADERS) {
                throw new Refused(400, "malformed headers");
            }
            headers.merge(
                    line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (first, second) -> first + "," + second);
        }
    }

    private byte[] readBody(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return readChunks();
        }
        if (headers.containsKey("transfer-encoding")) {
            throw new Refused(400, "the only transfer encoding is chunked");
        }
        String length = headers.get("content-length");
        if (length == null) {
            return new byte[0];
        }
        int size = parse(length, 10);
        return readExactly(size);
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = readLine();
            if (line == null) {
                throw new Refused(400, "body cut short");
            }
            int size = parse(line.split(";", 2)[0].trim(), 16);
            if (body.size() + size > MAX_BODY) {
                throw new Refused(413, "body too large");
            }
            body.write(readExactly(size));
            String end = readLine();
            if (size == 0) {
                while (end != null && !end.isEmpty()) {
                    end = readLine();
                }
                return body.toByteArray();
            }
        }
    }

    private byte[] readExactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new Refused(400, "body cut short");
        }
        return bytes;
    }

    private static int parse(String number, int radix) throws IOException {
        try {
            int size = Integer.parseInt(number, radix);
            if (size >= 0 && size <= MAX_BODY) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new Refused(400, "malformed length");
        }
        throw new Refused(413, "body too large");
    }

    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        while (true) {
            int next = in.read();
            if (next < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
            if (line.size() > MAX_LINE) {
                throw new Refused(431, "line too long");
            }
        }
    }
}
