package dev.billhook.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Sends events over so many connections, each of which waits for an answer before it sends again. In a process of its own, so
 * that its garbage and compiler are not the receivers'.
 */
final class LoadProcess {
    private LoadProcess() {}

    /**
     * Obeys lines of input: {@code port connections first count rate}, where a rate of 0 is as fast as may be. Answers
     * {@code nanoseconds of all, 50th and 99th percentile of one, answers other than 200}.
     *
     * @param arguments number of customers
     */
    public static void main(String[] arguments) throws Exception {
        LoadEvents events = new LoadEvents(Integer.parseInt(arguments[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            long[] order = Arrays.stream(line.split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            System.out.println(Child.ANSWER + run(events, order));
        }
    }

    private static String run(LoadEvents events, long[] order) throws Exception {
        int connections = (int) order[1];
        int count = (int) order[3];
        byte[][] requests = new byte[count][];
        for (int i = 0; i < count; i++) {
            requests[i] = events.request(order[2] + i);
        }
        long[] latencies = new long[count];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                runs.add(threads.submit(() -> {
                    refused.addAndGet(send((int) order[0], requests, latencies, next, new Pace(start, order[4])));
                    return true;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            long all = System.nanoTime() - start;
            Arrays.sort(latencies);
            return all + " " + percentile(latencies, 50) + " " + percentile(latencies, 99) + " " + refused.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[(int) Math.min(sorted.length - 1L, sorted.length * (long) percent / 100)];
    }

    private static int send(int port, byte[][] requests, long[] latencies, AtomicInteger next, Pace pace)
            throws IOException {
        int refused = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int i = next.getAndIncrement(); i < requests.length; i = next.getAndIncrement()) {
                long begun = pace.begin(i);
                out.write(requests[i]);
                refused += answer(in, buffer).startsWith("HTTP/1.1 200") ? 0 : 1;
                latencies[i] = System.nanoTime() - begun;
            }
        }
        return refused;
    }

    /** Reads a head; answers have no body. */
    private static String answer(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        while (!endsHead(buffer, length)) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("The receiver hung up");
            }
            length += read;
        }
        return new String(buffer, 0, length, StandardCharsets.US_ASCII);
    }

    private static boolean endsHead(byte[] buffer, int length) {
        return length >= 4 && IntStream.range(0, 4).allMatch(i -> buffer[length - 4 + i] == (i % 2 == 0 ? '\r' : '\n'));
    }

    /**
     * When the requests are due. Time lost by waiting for an earlier answer counts.
     *
     * @param start of all
     * @param rate requests a second, or 0
     */
    private record Pace(long start, long rate) {
        long begin(int number) {
            if (rate == 0) {
                return System.nanoTime();
            }
            long due = start + number * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        }
    }
}
