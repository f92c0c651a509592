package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pages")
class PagesTest extends PodcastFixture {
    @Test
    @DisplayName("B5 the pricing page shows each product of the catalog with its price, monthly or yearly")
    void pricing() {
        assertThat(visitor().get("/").body())
                .contains("Starter", "$9", "Pro", "$29", "14", "days free", "Studio", "$19", "per seat, ", "a month")
                .contains("Unlimited episodes", "100 GB of storage per seat")
                .contains("/signup?plan=pro-monthly");
        assertThat(visitor().get("/?interval=year").body())
                .contains("$90", "$290", "$190", "a year", "/signup?plan=studio-yearly")
                .doesNotContain("pro-monthly");
        assertThat(visitor().get("/?interval=nonsense").body()).contains("pro-monthly");
    }

    @Test
    @DisplayName("D1 who signs up from a plan's button finds that plan marked, whatever its interval")
    void planIsPreselected() {
        Visitor visitor = visitor();
        Visitor.Answer signedUp =
                visitor.post("/signup", "email", newEmail(), "showTitle", "Tea", "plan", "studio-yearly");
        assertThat(signedUp.redirect()).isEqualTo("/plans?plan=studio-yearly");
        assertThat(visitor.get("/plans?plan=studio-yearly").body())
                .containsSubsequence("card picked", "Studio", "$190", "Choose");
        assertThat(visitor.get("/plans?plan=../evil").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("an address signs up once, in any case; after that it logs in")
    void signUpAndLogin() {
        String email = newEmail();
        visitor().signUp(email, "Tea", "");
        assertThat(visitor()
                        .post("/signup", "email", email.toUpperCase(Locale.ROOT), "showTitle", "Tea")
                        .redirect())
                .startsWith("/login");
        Visitor back = visitor();
        assertThat(back.post("/login", "email", email).redirect()).isEqualTo("/dashboard");
        assertThat(back.get("/settings").body()).contains(email);
        assertThat(visitor().post("/login", "email", "nobody@example.com").redirect())
                .isEqualTo("/login");
        assertThat(visitor()
                        .post("/signup", "email", "no address", "showTitle", "x")
                        .redirect())
                .startsWith("/signup");
    }

    @Test
    @DisplayName("pages for members send everybody else to the login")
    void loginFirst() {
        for (String page : new String[] {
            "/dashboard", "/plans", "/episodes", "/billing", "/settings", "/export", "/checkout/return"
        }) {
            assertThat(visitor().get(page).redirect()).as(page).isEqualTo("/login");
        }
    }

    @Test
    @DisplayName("a form that does not come from our pages is refused")
    void forgery() {
        Visitor member = member();
        assertThat(member.forge("/checkout", "plan", "pro-monthly").status()).isEqualTo(403);
        assertThat(member.forge("/settings", "showTitle", "Hacked").status()).isEqualTo(403);
        assertThat(member.forge("/settings", "showTitle", "Hacked", "_csrf", "guess")
                        .status())
                .isEqualTo(403);
        assertThat(member.get("/settings").body()).doesNotContain("Hacked");
    }

    @Test
    @DisplayName("what members write is shown as text")
    void escaping() {
        Visitor visitor = visitor();
        visitor.signUp(newEmail(), "<script>alert(1)</script>", "");
        assertThat(visitor.get("/settings").body()).doesNotContain("<script>").contains("&lt;script&gt;");
    }

    @Test
    @DisplayName("pages load nothing from elsewhere and cannot be framed")
    void headers() {
        assertThat(visitor().get("/").result().getResponse().getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'");
    }

    @Test
    @DisplayName("in development the panel tells the simulated date and leads to the simulator")
    void developmentPanel() {
        assertThat(member().get("/plans").body())
                .contains("Development panel", "Advance one month", simulator.baseUrl() + "/dashboard");
    }
}
