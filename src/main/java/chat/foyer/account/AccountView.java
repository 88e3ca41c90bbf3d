package chat.foyer.account;

import chat.foyer.user.Person;
import chat.foyer.user.Scope;
import chat.foyer.user.Session;
import chat.foyer.user.Token;
import chat.foyer.user.Tokens;
import chat.foyer.words.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the page of one's own account shows, as {@code #{account}}. Belongs to one request. */
@Named("account")
@RequestScoped
public class AccountView {
    static final String BROWSERS_ZONE = "browser";
    static final String FOR_EVER = "never";
    static final String USUAL_DAYS = "90";

    static final List<String> SCOPES =
            Stream.of(Scope.values()).map(Scope::name).toList();
    static final List<String> DAYS = List.of("7", "30", USUAL_DAYS, "365", FOR_EVER);

    /** As people know them; those without a place, such as {@code EST5EDT}, are there for old programs. */
    private static final List<Choice> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone ->
                    zone.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
            .sorted()
            .map(AccountView::zone)
            .toList();

    @Inject
    Words words;

    private Person person;
    private Moments moments;
    private List<SessionRow> sessions = List.of();
    private List<TokenRow> tokens = List.of();
    private String secret = "";

    void about(Person owner) {
        person = owner;
        moments = new Moments(owner.zone(), words);
    }

    void sessions(List<Session> found, String current) {
        sessions = found.stream()
                .map(session -> new SessionRow(session, session.id().equals(current), moments, words))
                .toList();
    }

    void tokens(List<Token> found) {
        tokens =
                found.stream().map(token -> new TokenRow(token, moments, words)).toList();
    }

    void made(Tokens.Made token) {
        secret = token.secret().text();
    }

    /** The token that was just made; empty when none was. */
    public String getSecret() {
        return secret;
    }

    public List<Choice> getZones() {
        List<Choice> zones = new ArrayList<>(List.of(new Choice(BROWSERS_ZONE, words.of("account.zone.browser"))));
        String chosen = person.zone();
        if (!chosen.isEmpty() && ZONES.stream().noneMatch(zone -> zone.getId().equals(chosen))) {
            zones.add(zone(chosen)); // REST takes every zone that Java knows
        }
        zones.addAll(ZONES);
        return zones;
    }

    private static Choice zone(String id) {
        return new Choice(id, id.replace('_', ' '));
    }

    public List<Choice> getScopes() {
        return offered(SCOPES, Scope.ADMIN.name(), "account.token.scope.");
    }

    public List<Choice> getDays() {
        return offered(DAYS, FOR_EVER, "account.token.days.");
    }

    private List<Choice> offered(List<String> all, String forAdministrators, String prefix) {
        return all.stream()
                .filter(each -> person.isAdministrator() || !each.equals(forAdministrators))
                .map(each -> new Choice(each, words.of(prefix + each.toLowerCase(Locale.ROOT))))
                .toList();
    }

    public List<SessionRow> getSessions() {
        return sessions;
    }

    public boolean isElsewhere() {
        return sessions.stream().anyMatch(Predicate.not(SessionRow::isCurrent));
    }

    public List<TokenRow> getTokens() {
        return tokens;
    }

    /** One session as the page shows it. */
    public static final class SessionRow {
        private final Session session;
        private final boolean current;
        private final Moments moments;
        private final Words words;

        SessionRow(Session session, boolean current, Moments moments, Words words) {
            this.session = session;
            this.current = current;
            this.moments = moments;
            this.words = words;
        }

        public String getId() {
            return session.id();
        }

        public String getBrowser() {
            return BrowserName.of(session.agent(), words);
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

    /** One token as the page shows it. */
    public static final class TokenRow {
        private final Token token;
        private final Moments moments;
        private final Words words;

        TokenRow(Token token, Moments moments, Words words) {
            this.token = token;
            this.moments = moments;
            this.words = words;
        }

        public String getId() {
            return token.id();
        }

        public String getLabel() {
            return token.label();
        }

        public String getScope() {
            return words.of("account.token.does." + token.scope().name().toLowerCase(Locale.ROOT));
        }

        /** ISO 8601 in UTC; empty for never. */
        public String getEndsAt() {
            return token.expiresAt().map(Object::toString).orElse("");
        }

        public String getEnds() {
            return token.expiresAt().map(moments::of).orElse("");
        }

        public boolean isEnded() {
            return token.expiresAt().filter(Instant.now()::isAfter).isPresent();
        }

        /** ISO 8601 in UTC; empty for never. */
        public String getUsedAt() {
            return token.usedAt().map(Object::toString).orElse("");
        }

        public String getUsed() {
            return token.usedAt().map(moments::of).orElse("");
        }
    }
}
