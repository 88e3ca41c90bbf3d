package chat.foyer.account;

import chat.foyer.words.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Instants as a page shows them to somebody; scripts show them as the browser would where nobody chose a zone. Immutable. */
final class Moments {
    private final DateTimeFormatter format;

    /** @param zone that somebody has chosen; empty for UTC, which is then said */
    Moments(String zone, Words words) {
        format = DateTimeFormatter.ofPattern(
                        zone.isEmpty() ? "d MMMM uuuu, HH:mm 'UTC'" : "d MMMM uuuu, HH:mm", words.getLocale())
                .withZone(ZoneId.of(zone.isEmpty() ? "UTC" : zone));
    }

    String of(Instant instant) {
        return format.format(instant);
    }
}
