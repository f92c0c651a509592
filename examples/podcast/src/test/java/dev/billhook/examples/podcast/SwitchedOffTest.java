package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The application as it is, on a Friday evening on which nobody wants to think of billing. */
@SpringBootTest(
        properties = {
            "billhook.enabled=false",
            "spring.profiles.active=production",
            "spring.datasource.url=jdbc:h2:mem:off;DB_CLOSE_DELAY=-1"
        })
@DisplayName("D5 With billing switched off")
class SwitchedOffTest {
    @Autowired
    private WebApplicationContext context;

    private Visitor member;

    @BeforeEach
    void signUp() {
        member = new Visitor(MockMvcBuilders.webAppContextSetup(context).build());
        member.signUp(PodcastFixture.newEmail(), "Tea with strangers", "");
    }

    @Test
    @DisplayName("D5 whoever signs up is in, publishes as much as he likes and uses every feature")
    void everythingWorks() {
        assertThat(member.get("/dashboard").status()).isEqualTo(200);
        for (int i = 0; i < 12; i++) {
            assertThat(member.post("/episodes", "title", "Episode " + i, "transcript", "All that was said.")
                            .redirect())
                    .isEqualTo("/episodes");
        }
        assertThat(member.get("/episodes").body())
                .contains("Episode 11", "Transcript")
                .doesNotContain("used up", "Publishing is off");
    }

    @Test
    @DisplayName("D5 pages that speak of money still open, and know of nothing")
    void pagesOpen() {
        for (String page : new String[] {"/", "/plans", "/billing", "/settings", "/export"}) {
            assertThat(member.get(page).status()).as(page).isEqualTo(200);
        }
        assertThat(member.get("/checkout/return").redirect()).isEqualTo("/plans");
    }
}
