package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A refusal in the form Stripe gives it: HTTP status, type, code, parameter and message. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final transient ObjectNode details = Docs.object();
    private boolean keepingState;

    private ApiError(int status, String type, @Nullable String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    /** A request that cannot be carried out as it is. */
    public static ApiError invalid(@Nullable String code, @Nullable String param, String message) {
        return new ApiError(400, INVALID, code, param, message);
    }

    /** A required parameter is absent. */
    public static ApiError missing(String param) {
        return invalid("parameter_missing", param, "Missing required param: " + param + ".");
    }

    /** A whole number is less than it may be. */
    public static ApiError lessThan(long least, String param) {
        return invalid(
                "parameter_invalid_integer", param, "This value must be greater than or equal to " + least + ".");
    }

    /** An object that does not exist: 404 when the URL names it, 400 when a parameter does. */
    public static ApiError noSuch(String kind, String id, String param, boolean inUrl) {
        String noun = kind.substring(kind.lastIndexOf('.') + 1).replace('_', ' ');
        return new ApiError(
                inUrl ? 404 : 400, INVALID, "resource_missing", param, "No such " + noun + ": '" + id + "'");
    }

    /** An address the simulator does not serve. */
    public static ApiError unknownUrl(String method, String path) {
        return new ApiError(
                404,
                INVALID,
                null,
                null,
                "Unrecognized request URL (" + method + ": " + path + "). The simulator does not serve this address.");
    }

    /** No key, or one that does not belong here. */
    public static ApiError unauthorized(String message) {
        return new ApiError(401, INVALID, null, null, message);
    }

    /** Whoever asks may not do this. */
    public static ApiError forbidden(String message) {
        return new ApiError(403, INVALID, null, null, message);
    }

    /** The same idempotency key with another request. */
    public static ApiError idempotency(String message) {
        return new ApiError(400, "idempotency_error", null, null, message);
    }

    /** The request would be possible in another state of the object. */
    public static ApiError conflict(@Nullable String code, String message) {
        return new ApiError(409, INVALID, code, null, message);
    }

    /** Another request with the same idempotency key has not been answered yet. */
    public static ApiError keyInUse(String key) {
        return new ApiError(
                409,
                "idempotency_error",
                "idempotency_key_in_use",
                null,
                "Another request with the idempotency key '" + key + "' is still being carried out. Try again later.");
    }

    /** An error that somebody asked for, with this status. */
    public static ApiError injected(int status, @Nullable String code) {
        String type = status >= 500 ? "api_error" : status == 402 ? "card_error" : INVALID;
        String message = switch (String.valueOf(code)) {
            case "rate_limit" -> "Too many requests. Slow down and try again.";
            case "lock_timeout" -> "Another request is using this object at the moment. Try again.";
            default -> "The simulator was asked to fail this request.";
        };
        return new ApiError(status, type, code, null, message);
    }

    /** The card was refused; what the attempt left behind (charge, intent, events) stays recorded. */
    public static ApiError card(String code, @Nullable String declineCode, String message) {
        ApiError error = new ApiError(402, "card_error", code, null, message);
        error.keepingState = true;
        if (declineCode != null) {
            error.details.put("decline_code", declineCode);
        }
        return error;
    }

    /** A failure of the simulator itself. */
    public static ApiError internal() {
        return new ApiError(500, "api_error", null, null, "The simulator failed on this request; its log says why.");
    }

    /** Adds a field to the error object, for example the payment intent. */
    public ApiError with(String field, ObjectNode value) {
        details.set(field, value);
        return this;
    }

    /** Undo everything this request did although the error would normally keep it. */
    public ApiError discardingState() {
        keepingState = false;
        return this;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Stripe's machine-readable code. */
    public @Nullable String code() {
        return code;
    }

    /** The parameter that was wrong, in bracket notation. */
    public @Nullable String param() {
        return param;
    }

    /** Whether what the request did before it failed is kept. */
    public boolean isKeepingState() {
        return keepingState;
    }

    /** Decline code or null. */
    public @Nullable String declineCode() {
        return Docs.text(details, "decline_code");
    }

    /** The inner error object, as it also stands in {@code last_payment_error}. */
    public ObjectNode toObject() {
        ObjectNode error = Docs.object();
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.setAll(details);
        error.put("message", getMessage());
        if (param != null) {
            error.put("param", param);
        }
        error.put("type", type);
        return error;
    }

    /** The whole answer body. */
    public ObjectNode toBody() {
        ObjectNode body = Docs.object();
        body.set("error", toObject());
        return body;
    }
}
