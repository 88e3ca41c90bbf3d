package chat.foyer.account;

import chat.foyer.user.Person;
import chat.foyer.user.Session;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the page of one's own account shows, as {@code #{account}}. Belongs to one request. */
@Named("account")
@RequestScoped
public class AccountView {
    /** As people know them; those without a place, such as {@code EST5EDT}, are there for old programs. */
    private static final List<Zone> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone ->
                    zone.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
            .sorted()
            .map(Zone::new)
            .toList();

    private List<Row> sessions = List.of();
    private List<Zone> zones = ZONES;

    void show(Person person, List<Session> found, String current) {
        Moments moments = new Moments(person.zone());
        sessions = found.stream()
                .map(session -> new Row(session, session.id().equals(current), moments))
                .toList();
        String chosen = person.zone();
        if (!chosen.isEmpty() && ZONES.stream().noneMatch(zone -> zone.getId().equals(chosen))) {
            zones = new ArrayList<>(List.of(new Zone(chosen))); // REST takes every zone that Java knows
            zones.addAll(ZONES);
        }
    }

    public List<Zone> getZones() {
        return zones;
    }

    public List<Row> getSessions() {
        return sessions;
    }

    public boolean isElsewhere() {
        return sessions.stream().anyMatch(Predicate.not(Row::isCurrent));
    }

    /** A time zone that can be chosen. */
    public static final class Zone {
        private final String id;

        Zone(String id) {
            this.id = id;
        }

        public String getId() {
            return id;
        }

        public String getName() {
            return id.replace('_', ' ');
        }
    }

    /** One session as the page shows it. */
    public static final class Row {
        private final Session session;
        private final boolean current;
        private final Moments moments;

        Row(Session session, boolean current, Moments moments) {
            this.session = session;
            this.current = current;
            this.moments = moments;
        }

        public String getId() {
            return session.id();
        }

        public String getBrowser() {
            return BrowserName.of(session.agent());
        }

        public String getAddress() {
            return session.address();
        }

        public String getLastSeenAt() {
            return session.lastSeenAt().toString();
        }

        public String getLastSeen() {
            return moments.of(session.lastSeenAt());
        }

        public boolean isCurrent() {
            return current;
        }
    }
}
