package dev.billhook.examples.podcast.web;

import dev.billhook.entitlement.AccessDeniedException;
import dev.billhook.error.ProviderException;
import dev.billhook.examples.podcast.episode.AllowanceUsedUpException;
import dev.billhook.examples.podcast.member.LoginRequiredException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Answers what a controller refused with a page that says what to do next. */
@ControllerAdvice
class FailurePages {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePages.class);

    @ExceptionHandler(LoginRequiredException.class)
    String loginFirst() {
        return "redirect:/login";
    }

    @ExceptionHandler(AccessDeniedException.class)
    @ResponseStatus(HttpStatus.FORBIDDEN)
    String denied(AccessDeniedException denied, Model model) {
        model.addAttribute("state", denied.state());
        model.addAttribute("nextStep", denied.nextStep());
        return "denied";
    }

    @ExceptionHandler(AllowanceUsedUpException.class)
    @ResponseStatus(HttpStatus.FORBIDDEN)
    String usedUp(AllowanceUsedUpException refusal, Model model) {
        model.addAttribute("allowance", refusal.allowance());
        return "used-up";
    }

    @ExceptionHandler(ProviderException.class)
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    String provider(ProviderException failure, Model model) {
        LOG.warn("The payment provider refused or is away", failure);
        model.addAttribute("again", failure.retryable());
        return "provider";
    }
}
