package dev.billhook.examples.podcast.episode;

import dev.billhook.Billing;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.examples.podcast.member.Member;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists and publishes episodes. */
@Controller
class EpisodeController {
    private final Episodes episodes;
    private final Publishing publishing;
    private final Billing billing;

    EpisodeController(Episodes episodes, Publishing publishing, Billing billing) {
        this.episodes = episodes;
        this.publishing = publishing;
        this.billing = billing;
    }

    @GetMapping("/episodes")
    String list(Member member, Model model) {
        List<Episode> published = episodes.list(member.id());
        Entitlements access = billing.entitlements().resolve(member.account());
        model.addAttribute("episodes", published);
        model.addAttribute("mayPublish", access.allows(Publishing.PUBLISH));
        model.addAttribute("mayTranscribe", access.allows(Publishing.TRANSCRIPTS));
        model.addAttribute("placesLeft", access.remaining(Publishing.EPISODES, published.size()));
        return "episodes";
    }

    @PostMapping("/episodes")
    String publish(
            Member member,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String notes,
            @RequestParam(defaultValue = "") String transcript,
            RedirectAttributes redirect) {
        EpisodeForm form = new EpisodeForm(title, notes, transcript);
        Optional<String> problem = form.problem();
        if (problem.isPresent()) {
            redirect.addFlashAttribute("problem", problem.get());
        } else {
            publishing.publish(member, form);
            redirect.addFlashAttribute("done", "“" + form.title() + "” is published.");
        }
        return "redirect:/episodes";
    }
}
