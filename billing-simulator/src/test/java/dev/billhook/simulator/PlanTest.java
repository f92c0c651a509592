package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Plan;
import com.stripe.param.PlanCreateParams;
import com.stripe.param.PlanListParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Legacy plans")
class PlanTest extends ApiTest {

    PlanTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a plan is a recurring price and a recurring price is a plan")
    void sameThing() {
        Answer plan = api.post(
                "/v1/plans",
                "id=gold",
                "currency=usd",
                "amount=1500",
                "interval=month",
                "interval_count=3",
                "transform_usage[divide_by]=10",
                "transform_usage[round]=up",
                "product[name]=Gold");
        assertThat(plan.id()).isEqualTo("gold");
        assertThat(plan.number("/transform_usage/divide_by")).isEqualTo(10);
        Answer price = api.get("/v1/prices/gold", "expand[]=product");
        assertThat(price.number("/unit_amount")).isEqualTo(1500);
        assertThat(price.number("/recurring/interval_count")).isEqualTo(3);
        assertThat(price.text("/product/name")).isEqualTo("Gold");
        String monthly = shop.monthly(1000);
        assertThat(api.get("/v1/plans/" + monthly).number("/amount")).isEqualTo(1000);
        assertThat(api.get("/v1/plans/" + shop.oneTime(5)).status()).isEqualTo(404);
        assertThat(api.get("/v1/plans").body().path("data")).hasSize(2);
        assertThat(api.get("/v1/plans", "product=" + plan.text("/product"))
                        .body()
                        .path("data"))
                .hasSize(1);
        assertThat(api.eventTypes()).contains("plan.created", "price.created");
    }

    @Test
    @DisplayName("a change of either is told of both")
    void changes() {
        String price = shop.monthly(1000);
        Answer changed = api.post("/v1/plans/" + price, "nickname=Old faithful", "trial_period_days=7");
        assertThat(changed.text("/nickname")).isEqualTo("Old faithful");
        assertThat(api.get("/v1/prices/" + price).number("/recurring/trial_period_days"))
                .isEqualTo(7);
        assertThat(api.eventTypes()).endsWith("plan.updated", "price.updated");
        assertThat(api.events()
                        .get(api.events().size() - 2)
                        .at("/data/previous_attributes/nickname")
                        .isNull())
                .isTrue();
        assertThat(api.events().get(api.events().size() - 1).at("/data/previous_attributes"))
                .hasToString("{\"nickname\":null,\"recurring\":{\"trial_period_days\":null}}");
        api.post("/v1/prices/" + price, "active=false");
        assertThat(api.get("/v1/plans/" + price).body().path("active").asBoolean())
                .isFalse();
        assertThat(api.eventTypes()).endsWith("plan.updated", "price.updated");
        String other = shop.product("Other");
        assertThat(api.post("/v1/plans/" + price, "product=" + other).text("/product"))
                .isEqualTo(other);
    }

    @Test
    @DisplayName("a deleted plan is gone for new subscribers; old ones go on")
    void deletion() {
        String plan = api.post("/v1/plans", "currency=usd", "amount=1500", "interval=month", "product[name]=Gold")
                .id();
        assertThat(plan).startsWith("plan_");
        String subscription = api.post(
                        "/v1/subscriptions",
                        "customer=" + shop.customer(),
                        "items[0][plan]=" + plan,
                        "expand[]=items.data.price")
                .id();
        assertThat(api.delete("/v1/plans/" + plan).body().path("deleted").asBoolean())
                .isTrue();
        assertThat(api.get("/v1/plans/" + plan).text("/error/code")).isEqualTo("resource_missing");
        assertThat(api.get("/v1/plans").body().path("data")).isEmpty();
        assertThat(shop.subscribe(shop.customer(), plan).status()).isEqualTo(400);
        simulator.advance(java.time.Period.ofMonths(1));
        assertThat(shop.subscription(subscription).text("/status")).isEqualTo("active");
        assertThat(api.eventTypes()).contains("plan.deleted");
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @DisplayName("a plan that makes no sense is refused, naming the parameter")
    @CsvSource({
        "currency=usd&interval=month&product[name]=X, amount, parameter_missing",
        "amount=1&interval=month&product[name]=X, currency, parameter_missing",
        "amount=1&currency=usd&product[name]=X, interval, parameter_missing",
        "amount=1&currency=usd&interval=month, product, parameter_missing",
        "amount=1&currency=usd&interval=month&product[name]=X&product[colour]=red, product[colour], parameter_unknown",
        "amount=1&currency=usd&interval=month&product=prod_none, product, resource_missing",
    })
    void refused(String params, String param, String code) {
        Answer answer = api.post("/v1/plans", params.split("&"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.text("/error/code")).isEqualTo(code);
    }

    @Test
    @DisplayName("an identifier is used once")
    void unique() {
        String[] params = {"id=gold", "currency=usd", "amount=1", "interval=month", "product[name]=Gold"};
        assertThat(api.post("/v1/plans", params).status()).isEqualTo(200);
        assertThat(api.post("/v1/plans", params).text("/error/code")).isEqualTo("resource_already_exists");
    }

    @Test
    @DisplayName("Stripe's own Java client makes tiered plans and lists them")
    void javaClient() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        Plan plan = stripe.v1()
                .plans()
                .create(PlanCreateParams.builder()
                        .setCurrency("usd")
                        .setInterval(PlanCreateParams.Interval.MONTH)
                        .setProduct(PlanCreateParams.Product.builder()
                                .setName("Seats")
                                .build())
                        .setBillingScheme(PlanCreateParams.BillingScheme.TIERED)
                        .setTiersMode(PlanCreateParams.TiersMode.VOLUME)
                        .addTier(PlanCreateParams.Tier.builder()
                                .setUnitAmount(100L)
                                .setUpTo(PlanCreateParams.Tier.UpTo.INF)
                                .build())
                        .addExpand("tiers")
                        .build());
        assertThat(plan.getTiers()).hasSize(1);
        assertThat(stripe.v1()
                        .plans()
                        .list(PlanListParams.builder().setActive(true).build())
                        .getData())
                .extracting(Plan::getId)
                .containsExactly(plan.getId());
    }
}
