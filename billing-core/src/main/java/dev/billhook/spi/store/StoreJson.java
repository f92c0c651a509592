package dev.billhook.spi.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.BillingException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.event.BillingEvent;
import dev.billhook.grant.Grant;
import dev.billhook.notice.Told;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.util.List;

/**
 * The JSON form in which stores keep mirrored state and events. Only the fields of Billhook's own records are written, so
 * nothing else of the provider's data can get in. Unknown fields are ignored when read, absent ones are null, so that rows of
 * other versions stay readable. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StoreJson {
    private static final ObjectMapper MAPPER = mapper();
    private static final List<String> TELLING = List.of("brand", "lastFour", "expiryMonth", "expiryYear");

    private StoreJson() {}

    /** A subscription's state as JSON. */
    public static String write(Subscription subscription) {
        return toJson(subscription);
    }

    /** A customer's state as JSON. */
    public static String write(Customer customer) {
        return toJson(customer);
    }

    /** An event as JSON with its type. */
    public static String write(BillingEvent event) {
        return toJson(event);
    }

    /** A grant as JSON. */
    public static String write(Grant grant) {
        return toJson(grant);
    }

    /** What an account was told as JSON. */
    public static String write(Told told) {
        return toJson(told);
    }

    /**
     * Reads what {@link #write(Told)} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static Told readTold(String json) {
        return fromJson(json, Told.class);
    }

    /** A purchase as JSON. */
    public static String write(Purchase purchase) {
        return toJson(purchase);
    }

    /**
     * Reads what {@link #write(Purchase)} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static Purchase readPurchase(String json) {
        return fromJson(json, Purchase.class);
    }

    /**
     * Reads what {@link #write(Grant)} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static Grant readGrant(String json) {
        return fromJson(json, Grant.class);
    }

    /**
     * Reads what {@link #write(Subscription)} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static Subscription readSubscription(String json) {
        return fromJson(json, Subscription.class);
    }

    /**
     * Reads what {@link #write(Customer)} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static Customer readCustomer(String json) {
        return fromJson(json, Customer.class);
    }

    /**
     * Reads what {@link #write(BillingEvent)} wrote.
     *
     * @throws BillingException if it is something else
     */
    public static BillingEvent readEvent(String json) {
        return fromJson(json, BillingEvent.class);
    }

    /** The event without addresses of pages and without what tells a payment method from others. */
    public static BillingEvent withoutPersonalData(BillingEvent event) {
        try {
            JsonNode tree = MAPPER.readTree(write(event));
            erase(tree);
            return MAPPER.treeToValue(tree, BillingEvent.class);
        } catch (JsonProcessingException e) {
            throw new BillingException("Cannot write a " + event.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static void erase(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(TELLING);
            object.properties()
                    .removeIf(field -> field.getValue().isTextual()
                            && field.getValue().textValue().startsWith("http"));
        }
        node.forEach(StoreJson::erase);
    }

    private static String toJson(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new BillingException("Cannot write a " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static <T> T fromJson(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            e.clearLocation();
            throw new BillingException(
                    "A stored " + type.getSimpleName() + " cannot be read; was the row written by a newer version?", e);
        }
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Instant.class, InstantForm.class)
                .addMixIn(AccountRef.class, AccountRefForm.class)
                .addMixIn(BillingEvent.class, TypedForm.class)
                .addMixIn(CollectionMethod.class, TypedForm.class)
                .addMixIn(Grant.What.class, TypedForm.class)
                .build();
        for (Class<?> family : List.of(BillingEvent.class, CollectionMethod.class, Grant.What.class)) {
            for (Class<?> member : family.getPermittedSubclasses()) {
                mapper.registerSubtypes(new NamedType(member, member.getSimpleName()));
            }
        }
        return mapper;
    }

    /** ISO-8601, e.g. {@code 2026-01-31T00:00:00Z}. */
    private abstract static class InstantForm {
        @JsonCreator
        static Instant parse(CharSequence text) {
            return Instant.parse(text);
        }

        @Override
        @JsonValue
        public abstract String toString();
    }

    /** {@code type:id}. */
    private abstract static class AccountRefForm {
        @JsonCreator
        static AccountRef parse(String text) {
            return AccountRef.parse(text);
        }

        @Override
        @JsonValue
        public abstract String toString();
    }

    /** The record's name in {@code type}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypedForm {}
}
