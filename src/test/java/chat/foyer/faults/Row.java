package chat.foyer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import chat.foyer.testing.Load;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ResumingClient.Span;
import chat.foyer.testing.checker.Verdict;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one row of the fault matrix has found out, collected while it runs. For one thread. */
final class Row {
    private static final double SCATTER_MILLIS = 5;

    private final List<String> measures = new ArrayList<>();
    private final List<String> misses = new ArrayList<>();
    private Verdict verdict;

    /** Notes a measured value that must not be above the limit. */
    void atMost(String what, double value, double limit, String unit) {
        measures.add("%s %s (≤ %s)".formatted(what, number(value), (number(limit) + " " + unit).strip()));
        if (!(value <= limit)) {
            misses.add("%s was %s, the limit is %s %s"
                    .formatted(what, number(value), number(limit), unit)
                    .strip());
        }
    }

    /**
     * Notes how long these clients waited for their own messages in two spans, and that the 99th percentile of the
     * second is at most so many times that of the first. Five milliseconds more are forgiven: that is the scatter of this
     * machine between two quiet spans.
     */
    void comparedTo(String what, List<ResumingClient> clients, Span before, Span after, double factor) {
        double first = Load.percentile(99, clients, ResumingClient::echoes, before);
        double second = Load.percentile(99, clients, ResumingClient::echoes, after);
        measures.add("%s %s → %s ms (≤ %s× + 5 ms)".formatted(what, number(first), number(second), number(factor)));
        if (!(second <= first * factor + SCATTER_MILLIS)) {
            misses.add("%s rose from %s to %s ms".formatted(what, number(first), number(second)));
        }
    }

    /** Notes a measured value that is of interest and has no limit. */
    void measured(String what, double value, String unit) {
        measures.add("%s %s %s".formatted(what, number(value), unit).strip());
    }

    /** Notes something that must hold. */
    void holds(String what, boolean really) {
        measures.add(what + (really ? ": yes" : ": no"));
        if (!really) {
            misses.add("it does not hold that " + what);
        }
    }

    /** Notes what the checker found, besides what it found before. */
    void judged(Verdict found) {
        verdict = verdict == null ? found : verdict.and(found);
    }

    private static String number(double value) {
        if (value >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Fails when a promise was broken or a limit missed. */
    void conclude() {
        if (verdict != null) {
            assertThat(verdict.acknowledged()).as("there was load").isPositive();
            assertThat(verdict.clean()).as(verdict.toString()).isTrue();
            assertThat(verdict.count(Verdict.Kind.IN_DOUBT))
                    .as("left in doubt, though the client asked again: " + verdict)
                    .isZero();
        }
        if (!misses.isEmpty()) {
            fail(String.join("; ", misses));
        }
    }

    JsonObjectBuilder toJson() {
        JsonArrayBuilder measured = Json.createArrayBuilder();
        measures.forEach(measured::add);
        JsonObjectBuilder json = Json.createObjectBuilder().add("measured", measured);
        if (verdict != null) {
            JsonObjectBuilder counts = Json.createObjectBuilder();
            for (Verdict.Kind kind : Verdict.Kind.values()) {
                counts.add(kind.name().toLowerCase(Locale.ROOT), verdict.count(kind));
            }
            json.add("acknowledged", verdict.acknowledged())
                    .add("told", verdict.seen())
                    .add("found", counts);
        }
        return json;
    }
}
