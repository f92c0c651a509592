package dev.billhook.examples.podcast.web;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts guard and page context before every page, but not before files and webhooks. */
@Configuration
class WebConfiguration implements WebMvcConfigurer {
    private final ForgeryGuard guard;
    private final PageInterceptor page;
    private final String webhookPath;

    WebConfiguration(
            ForgeryGuard guard,
            PageInterceptor page,
            @Value("${billhook.webhook.path:/billhook/webhook}") String webhookPath) {
        this.guard = guard;
        this.page = page;
        this.webhookPath = webhookPath;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new SecurityHeaders()).excludePathPatterns(webhookPath);
        registry.addInterceptor(page).excludePathPatterns(webhookPath, "/*.css", "/*.svg");
        registry.addInterceptor(guard).excludePathPatterns(webhookPath, "/*.css", "/*.svg", "/error");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new MemberArgument());
    }
}
