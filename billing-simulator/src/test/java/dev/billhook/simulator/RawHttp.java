package dev.billhook.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends bytes, whatever they are, and reads what comes back; a real client would refuse to send most of it. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    /** What came back; status 0 when the connection was closed instead. */
    record Answer(int status, String head, String body) {}

    private final int port;
    private final String key;
    private @Nullable Socket socket;

    RawHttp(StripeSimulator simulator) {
        this.port = URI.create(simulator.baseUrl()).getPort();
        this.key = simulator.apiKey();
    }

    /** A request with a form body, over a connection that is kept. */
    Answer request(String method, String target, String form) {
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length + "\r\n\r\n";
        try {
            return exchange(head.getBytes(StandardCharsets.UTF_8), body);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + target + " with " + form, e);
        }
    }

    /** Bytes over a connection of their own, which is then half closed: whoever waits for more gets the end. */
    Answer bytes(byte[] sent) throws IOException {
        close();
        Socket connection = connect();
        try {
            connection.getOutputStream().write(sent);
            connection.getOutputStream().flush();
            connection.shutdownOutput();
        } catch (IOException e) {
            // refused before everything was sent: the answer may still be there
            return read(connection.getInputStream());
        }
        return read(connection.getInputStream());
    }

    private Answer exchange(byte[] head, byte[] body) throws IOException {
        Socket connection = connect();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head);
        all.write(body);
        connection.getOutputStream().write(all.toByteArray());
        Answer answer = read(connection.getInputStream());
        if (answer.status() == 0 || answer.head().toLowerCase(Locale.ROOT).contains("connection: close")) {
            close();
        }
        return answer;
    }

    private Socket connect() throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
        return socket;
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new Answer(0, "", "");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = 0;
        for (String line : text.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(text.split(" ", 3)[1]), text, body);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
