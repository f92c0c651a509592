package dev.billhook.examples.podcast.settings;

import dev.billhook.examples.podcast.episode.Episodes;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.Members;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Settings and export. Neither asks for a plan: people keep what is theirs. */
@Controller
class SettingsController {
    private static final int MAX_TITLE = 120;

    private final Members members;
    private final Episodes episodes;

    SettingsController(Members members, Episodes episodes) {
        this.members = members;
        this.episodes = episodes;
    }

    @GetMapping("/settings")
    String show(Member member) {
        return "settings";
    }

    @PostMapping("/settings")
    String save(Member member, @RequestParam(defaultValue = "") String showTitle, RedirectAttributes redirect) {
        String title = showTitle.strip();
        if (title.isEmpty() || title.length() > MAX_TITLE) {
            redirect.addFlashAttribute("problem", "A show's title has 1 to " + MAX_TITLE + " characters.");
        } else {
            members.renameShow(member.id(), title);
            redirect.addFlashAttribute("done", "Saved.");
        }
        return "redirect:/settings";
    }

    @GetMapping(path = "/export", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Export> export(Member member) {
        ContentDisposition file =
                ContentDisposition.attachment().filename("show.json").build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new Export(member.showTitle(), episodes.list(member.id())));
    }
}
