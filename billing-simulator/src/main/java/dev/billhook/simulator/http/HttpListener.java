package dev.billhook.simulator.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 listener on the loopback interface with a bounded number of daemon threads. The JDK's own server would do but for
 * one thing: it overwrites the {@code Date} header, in which the simulator tells simulated time.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int MAX_CONNECTIONS = 256;
    private static final int IDLE_MILLIS = 20_000;
    private static final int CLOSE_MILLIS = 5_000;

    private final ServerSocket server;
    private final Thread acceptor;
    private final Function<WireRequest, WireResponse> handler;
    private final ThreadPoolExecutor threads;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** Listens on a port of 127.0.0.1; 0 takes a free one. */
    public HttpListener(int port, Function<WireRequest, WireResponse> handler) {
        this.handler = handler;
        AtomicInteger count = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(1, MAX_CONNECTIONS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "billing-simulator-http-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            this.server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 512);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on", e);
        }
        this.acceptor = new Thread(this::accept, "billing-simulator-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** The port listened on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns once the port is free. */
    @Override
    public void close() {
        closeQuietly(server);
        connections.forEach(HttpListener::closeQuietly);
        threads.shutdownNow();
        try {
            // As long as it waits for a connection in the operating system, the port is taken.
            acceptor.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                submit(socket);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("a connection could not be accepted: {}", e.getMessage());
                }
            }
        }
    }

    private void submit(Socket socket) {
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            connections.remove(socket);
            closeQuietly(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16_384);
            RequestReader reader = new RequestReader(new BufferedInputStream(socket.getInputStream(), 16_384), out);
            boolean open = true;
            while (open && !server.isClosed()) {
                open = serveOne(reader, out);
            }
        } catch (SocketTimeoutException e) {
            LOG.trace("idle connection closed");
        } catch (IOException e) {
            LOG.debug("connection ended: {}", e.getMessage());
        } finally {
            connections.remove(socket);
        }
    }

    private boolean serveOne(RequestReader reader, OutputStream out) throws IOException {
        WireRequest request;
        try {
            request = reader.next();
        } catch (RequestReader.Refused e) {
            write(out, WireResponse.text(e.status, "text/plain; charset=utf-8", e.getMessage() + "\n"), false, null);
            return false;
        }
        if (request == null) {
            return false;
        }
        boolean keep =
                !"close".equalsIgnoreCase(request.header("connection")) && connections.size() < MAX_CONNECTIONS * 3 / 4;
        WireResponse response = handler.apply(request);
        if (response.isNone()) {
            return false;
        }
        write(out, response, keep, request);
        return keep;
    }

    private static void write(OutputStream out, WireResponse response, boolean keep, @Nullable WireRequest request)
            throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(response.status()).append(" \r\n");
        response.headers()
                .forEach((name, value) -> head.append(name)
                        .append(": ")
                        .append(value.replaceAll("[\\r\\n]", " "))
                        .append("\r\n"));
        head.append("Content-Length: ").append(response.body().length).append("\r\n");
        head.append("Connection: ").append(keep ? "keep-alive" : "close").append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        if (request == null || !"HEAD".equals(request.method())) {
            out.write(response.body());
        }
        out.flush();
    }

    private static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.trace("closing: {}", e.getMessage());
        }
    }
}
