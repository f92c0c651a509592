package dev.billhook.examples.podcast;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium of the machine, seen through what a person sees: labels, buttons, links and texts. */
final class Browser implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /** Where Chromium is: {@code $CHROMIUM}, or where Debian installs it. */
    static Optional<Path> executable() {
        return Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path executable) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(ARGUMENTS)));
    }

    /** A window with a cookie jar of its own. */
    Window open(String story) {
        BrowserContext context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1200, 850));
        context.setDefaultTimeout(20_000);
        return new Window(context.newPage(), story);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /** One person's window; each step leaves a picture. */
    static final class Window implements AutoCloseable {
        private final Page page;
        private final String story;
        private int step;

        private Window(Page page, String story) {
            this.page = page;
            this.story = story;
        }

        Window go(String url) {
            page.navigate(url);
            return this;
        }

        Window fill(String label, String value) {
            page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
            return this;
        }

        Window press(String button) {
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(button).setExact(true))
                    .click();
            return this;
        }

        Window follow(String link) {
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                    .first()
                    .click();
            return this;
        }

        /** Presses whatever submits the hosted payment form: its words depend on what is bought. */
        Window pay(String cardNumber) {
            fill("Card number", cardNumber);
            fill("Expiry", "12 / 45");
            fill("CVC", "123");
            fill("Name on card", "Ada Lovelace");
            page.locator("form#pay button.primary").click();
            return this;
        }

        /** What a person can read on the page. */
        String text() {
            return page.locator("body").innerText();
        }

        String url() {
            return page.url();
        }

        /** What a link downloads. */
        String download(String link) {
            String address = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                    .first()
                    .getAttribute("href");
            return page.request()
                    .get(URI.create(page.url()).resolve(address).toString())
                    .text();
        }

        Window picture(String name) {
            step++;
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve(String.format("%s-%02d-%s.png", story, step, name))));
            return this;
        }

        @Override
        public void close() {
            page.context().close();
        }
    }
}
