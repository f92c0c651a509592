package dev.billhook.examples.podcast.web;

import dev.billhook.spring.BillhookSupportProperties;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts guard and page context before every page, but not before files, webhooks and the help desk. */
@Configuration
class WebConfiguration implements WebMvcConfigurer {
    private final ForgeryGuard guard;
    private final PageInterceptor page;
    private final String[] signed;

    WebConfiguration(
            ForgeryGuard guard,
            PageInterceptor page,
            @Value("${billhook.webhook.path:/billhook/webhook}") String webhookPath,
            BillhookSupportProperties support) {
        this.guard = guard;
        this.page = page;
        this.signed = new String[] {webhookPath, support.path()};
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new SecurityHeaders()).excludePathPatterns(signed);
        registry.addInterceptor(page).excludePathPatterns(signed).excludePathPatterns("/*.css", "/*.svg");
        registry.addInterceptor(guard).excludePathPatterns(signed).excludePathPatterns("/*.css", "/*.svg", "/error");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new MemberArgument());
    }
}
