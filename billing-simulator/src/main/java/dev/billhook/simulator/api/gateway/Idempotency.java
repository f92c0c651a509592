package dev.billhook.simulator.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.rows.Packer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers to requests that carried an idempotency key, for a day of simulated time, and which keys are being used.
 * Only the keys in use are thread-safe.
 */
final class Idempotency {
    private static final long KEPT_SECONDS = 24 * 3600;
    private static final int MAX_KEY = 255;

    /** An answer before it is written. */
    record Answered(int status, ObjectNode body, String requestId) {}

    /** Clients send a key with every POST, so what is kept of each is to be small. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Remembered(String fingerprint, int status, byte[] body, String requestId, long second) {}

    private final Map<String, Remembered> byKey = new LinkedHashMap<>();
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();
    private final Supplier<Packer> packer;

    /** Answers are held packed; whoever empties the store also clears what is remembered. */
    Idempotency(Supplier<Packer> packer) {
        this.packer = packer;
    }

    /** Takes a key for a request; refuses one that another request is using at the moment. */
    void begin(String key) {
        if (key.length() > MAX_KEY) {
            throw ApiError.idempotency("An idempotency key can have up to " + MAX_KEY + " characters.");
        }
        if (!inUse.add(key)) {
            throw ApiError.keyInUse(key);
        }
    }

    /** Gives a key back. */
    void end(String key) {
        inUse.remove(key);
    }

    /** What tells whether two requests are the same. */
    static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The answer given before, or null; refuses a key that was used for something else. */
    @Nullable Answered replay(String key, String fingerprint, long now) {
        forgetOld(now);
        Remembered remembered = byKey.get(key);
        if (remembered == null) {
            return null;
        }
        if (!remembered.fingerprint().equals(fingerprint)) {
            throw ApiError.idempotency(
                    "The idempotency key '" + key + "' was first used for a request with other parameters."
                            + " Use another key, or repeat the same request.");
        }
        return new Answered(remembered.status(), packer.get().unpack(remembered.body()), remembered.requestId());
    }

    void remember(String key, String fingerprint, Answered answer, long now) {
        byte[] body = packer.get().pack(answer.body());
        byKey.put(key, new Remembered(fingerprint, answer.status(), body, answer.requestId(), now));
    }

    void clear() {
        byKey.clear();
    }

    /** Everything that is remembered, to be kept elsewhere. */
    Stream<ObjectNode> save() {
        return byKey.entrySet().stream().map(entry -> {
            Remembered remembered = entry.getValue();
            ObjectNode saved = Docs.object();
            saved.put("key", entry.getKey());
            saved.put("fingerprint", remembered.fingerprint());
            saved.put("status", remembered.status());
            saved.put("request_id", remembered.requestId());
            saved.put("second", remembered.second());
            saved.set("body", packer.get().unpack(remembered.body()));
            return saved;
        });
    }

    /** Takes back something that was saved. */
    void restore(ObjectNode saved) {
        Answered answer = new Answered(
                (int) Docs.numberOf(saved, "status"), Docs.child(saved, "body"), Docs.textOf(saved, "request_id"));
        remember(Docs.textOf(saved, "key"), Docs.textOf(saved, "fingerprint"), answer, Docs.numberOf(saved, "second"));
    }

    private void forgetOld(long now) {
        var oldest = byKey.values().iterator();
        while (oldest.hasNext() && oldest.next().second() + KEPT_SECONDS <= now) {
            oldest.remove();
        }
    }
}
