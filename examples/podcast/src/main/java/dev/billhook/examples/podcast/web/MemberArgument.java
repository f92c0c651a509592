package dev.billhook.examples.podcast.web;

import dev.billhook.examples.podcast.member.LoginRequiredException;
import dev.billhook.examples.podcast.member.Member;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller's method the member of the session. No method takes a member, an account or anything of the payment
 * provider from the request itself.
 */
final class MemberArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Member.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return Optional.ofNullable(request.getNativeRequest(HttpServletRequest.class))
                .flatMap(Page::of)
                .flatMap(page -> Optional.ofNullable(page.viewer()))
                .orElseThrow(LoginRequiredException::new);
    }
}
