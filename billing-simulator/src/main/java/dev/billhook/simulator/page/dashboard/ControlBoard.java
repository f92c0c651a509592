package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Faults;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Action.Option;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.Frame;
import dev.billhook.simulator.page.dashboard.view.Table;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.time.Duration;
import java.util.List;

/** The page on which requests and deliveries are made to go wrong, and everything is forgotten. */
final class ControlBoard {
    private static final int MAX_REQUESTS = 10_000;
    private static final List<Option> KINDS = List.of(
            new Option("rate_limit", "429: too many requests"),
            new Option("error", "500 before anything is done"),
            new Option("error_after", "500 although it was done"),
            new Option("drop", "The connection ends before anything is done"),
            new Option("drop_after", "The connection ends although it was done"),
            new Option("late", "The answer comes ten seconds late"));

    private final WebhookDelivery delivery;
    private final Faults faults;
    private final Runnable reset;
    private final Templates templates;

    ControlBoard(WebhookDelivery delivery, Faults faults, Runnable reset, Templates templates) {
        this.delivery = delivery;
        this.faults = faults;
        this.reset = reset;
        this.templates = templates;
    }

    /** One setting of what goes wrong with deliveries. */
    record Setting(String name, String label, String hint, String value) {}

    /** What the page shows. */
    record ControlView(Frame frame, List<Option> kinds, Table faults, boolean chaotic, List<Setting> chaos) {}

    PageResponse show(Frame frame) {
        Chaos chaos = delivery.chaos();
        List<Setting> settings = chaos.settings().entrySet().stream()
                .map(setting -> setting(setting.getKey(), setting.getValue()))
                .toList();
        return templates.page(
                "board-control", new ControlView(frame, KINDS, planned(), !chaos.equals(Chaos.NONE), settings));
    }

    /** Does what a form of the page says; the answer names what to tell. */
    String act(String deed, PageRequest request) {
        return switch (deed) {
            case "faults" -> plan(request);
            case "no-faults" -> {
                faults.clear();
                yield "nofaults";
            }
            case "chaos" -> chaos(request);
            case "calm" -> {
                delivery.chaos(Chaos.NONE);
                yield "calm";
            }
            case "reset" -> {
                if (!"yes".equals(request.field("sure"))) {
                    yield "unsure";
                }
                reset.run();
                yield "reset";
            }
            default -> throw new NoSuchPageException("The dashboard has no such action.");
        };
    }

    private String plan(PageRequest request) {
        String requests = request.field("requests");
        if (!requests.matches("[1-9][0-9]{0,4}") || Integer.parseInt(requests) > MAX_REQUESTS) {
            throw ApiError.invalid(null, "requests", "Say how many requests, from 1 to " + MAX_REQUESTS + ".");
        }
        String path = request.field("path");
        Fault fault = fault(request.field("kind")).forPath(path.isEmpty() ? "/v1/" : path);
        faults.plan(Integer.parseInt(requests), fault);
        return "faults";
    }

    private static Fault fault(String kind) {
        return switch (kind) {
            case "rate_limit" -> Fault.rateLimit();
            case "error" -> Fault.error(500);
            case "error_after" -> Fault.error(500).afterwards();
            case "drop" -> Fault.dropped();
            case "drop_after" -> Fault.dropped().afterwards();
            case "late" -> Fault.late(Duration.ofSeconds(10));
            default -> throw ApiError.invalid(null, "kind", "Choose what goes wrong.");
        };
    }

    private String chaos(PageRequest request) {
        Chaos chaos = Chaos.NONE;
        for (String name : Chaos.NONE.settings().keySet()) {
            String value = request.field(name);
            try {
                chaos = value.isEmpty() ? chaos : chaos.with(name, value);
            } catch (IllegalArgumentException e) {
                throw ApiError.invalid(null, name, String.valueOf(e.getMessage()));
            }
        }
        delivery.chaos(chaos);
        return "chaos";
    }

    private Table planned() {
        return Table.of(
                "Planned",
                "Requests#,Path,What happens,Carried out",
                Docs.objects(faults.describe(), "data").stream()
                        .map(ControlBoard::planned)
                        .toList(),
                "No request will go wrong on purpose.");
    }

    private static List<Cell> planned(ObjectNode fault) {
        String method = Docs.text(fault, "method");
        String outcome = Docs.textOf(fault, "outcome");
        long delay = Docs.numberOf(fault, "delay_ms");
        String what = switch (outcome) {
            case "error" -> "Answered with " + Docs.numberOf(fault, "status");
            case "drop" -> "The connection ends";
            default -> "Answered";
        };
        return List.of(
                Cell.number(String.valueOf(Docs.numberOf(fault, "requests"))),
                Cell.code((method == null ? "" : method + " ") + Docs.textOf(fault, "path")),
                Cell.of(delay == 0 ? what : what + " after " + delay + " ms"),
                Cell.of(Docs.flag(fault, "done") ? "yes" : "no"));
    }

    private static Setting setting(String name, Number value) {
        return switch (name) {
            case "drop" -> new Setting(name, "Lost", "Share that is never sent, 0 to 1.", value.toString());
            case "duplicate" -> new Setting(name, "Repeated", "Share that comes twice.", value.toString());
            case "reorder" -> new Setting(name, "Overtaken", "Share that later events overtake.", value.toString());
            case "delay" -> new Setting(name, "Late", "Share that starts late.", value.toString());
            case "twin" -> new Setting(name, "Twins", "Share of changes told by two events.", value.toString());
            case "longest_ms" -> new Setting(name, "At most late by", "Milliseconds of real time.", value.toString());
            default -> new Setting(name, "Seed", "What the choices follow from.", value.toString());
        };
    }
}
