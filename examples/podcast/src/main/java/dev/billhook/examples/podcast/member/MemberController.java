package dev.billhook.examples.podcast.member;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Sign-up, login and logout. An e-mail address is all it takes: a real application would mail a link to it first.
 */
@Controller
class MemberController {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]+");
    private static final int MAX_EMAIL = 254;
    private static final int MAX_TITLE = 120;

    private final Members members;
    private final MemberSession session;
    private final SignUp signUp;

    MemberController(Members members, MemberSession session, SignUp signUp) {
        this.members = members;
        this.session = session;
        this.signUp = signUp;
    }

    @GetMapping("/signup")
    String signUpForm(@RequestParam(defaultValue = "") String plan, Model model) {
        model.addAttribute("plan", plan);
        return "signup";
    }

    @PostMapping("/signup")
    String signUp(
            @RequestParam String email,
            @RequestParam(defaultValue = "") String showTitle,
            @RequestParam(defaultValue = "") String plan,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        redirect.addAttribute("plan", plan);
        String address = normalized(email);
        String title = showTitle.isBlank() ? "My show" : showTitle.strip();
        if (address.length() > MAX_EMAIL || !EMAIL.matcher(address).matches()) {
            return refused(redirect, address, "/signup", "That does not look like an e-mail address.");
        }
        if (title.length() > MAX_TITLE) {
            return refused(redirect, address, "/signup", "A show's title has at most " + MAX_TITLE + " characters.");
        }
        Optional<Member> added = signUp.join(address, title);
        if (added.isEmpty()) {
            return refused(redirect, address, "/login", "There is an account with that address. Log in instead.");
        }
        session.begin(request, added.get());
        return "redirect:/plans";
    }

    @GetMapping("/login")
    String loginForm(@RequestParam(defaultValue = "") String plan, Model model) {
        model.addAttribute("plan", plan);
        return "login";
    }

    @PostMapping("/login")
    String login(@RequestParam String email, HttpServletRequest request, RedirectAttributes redirect) {
        String address = normalized(email);
        Optional<Member> known = members.findByEmail(address);
        if (known.isEmpty()) {
            return refused(redirect, address, "/login", "There is no account with that address. Sign up first.");
        }
        session.begin(request, known.get());
        return "redirect:/dashboard";
    }

    @PostMapping("/logout")
    String logout(HttpServletRequest request) {
        session.end(request);
        return "redirect:/";
    }

    private static String refused(RedirectAttributes redirect, String address, String page, String problem) {
        redirect.addFlashAttribute("problem", problem);
        redirect.addFlashAttribute("email", address);
        return "redirect:" + page;
    }

    private static String normalized(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
