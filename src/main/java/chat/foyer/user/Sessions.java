package chat.foyer.user;

import chat.foyer.fault.ThrottledLog;
import chat.foyer.user.SessionStore.Renewal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * People who have signed in with a browser: begins, recognises, lists and ends their sessions. Thread-safe; waits for the
 * database.
 *
 * <p>Nothing about a session is remembered on a node, so it is valid on all of them and over everywhere at once.
 */
@ApplicationScoped
public class Sessions implements Recogniser {
    private static final int MAX_AGENT = 200;

    @Inject
    SessionStore store;

    @Inject
    AccessChanges accessChanges;

    @Inject
    AuditLog audit;

    /**
     * Where somebody signs in from.
     *
     * @param address the client's
     * @param agent the browser, as it calls itself
     */
    public record Place(String address, String agent) {
        public Place {
            agent = ThrottledLog.oneLine(agent);
            agent = agent.length() > MAX_AGENT ? agent.substring(0, MAX_AGENT - 2) : agent;
        }
    }

    /**
     * What a browser is given to be somebody. Immutable; never logged.
     *
     * @param session for the session cookie
     * @param stay for the cookie that outlives the browser; empty when it does not stay
     */
    public record Begun(String session, Optional<Stay> stay) {
        @Override
        public String toString() {
            return "Begun"; // of secrets
        }
    }

    /**
     * By which a browser gets its next session, once. Immutable; never logged.
     *
     * @param token names its series and proves it
     * @param age for how long it counts
     */
    public record Stay(String token, Duration age) {
        private static final Pattern FORM = Pattern.compile("(k-[A-Za-z0-9_-]{16})\\.([A-Za-z0-9_-]{43})");

        private static Stay of(String series, String secret, Instant end) {
            return new Stay(series + '.' + secret, Duration.between(Instant.now(), end));
        }

        @Override
        public String toString() {
            return "Stay"; // of a secret
        }
    }

    /**
     * Begins a session of whoever has shown the password of this account; it ends with their browser, or when it is not
     * used.
     *
     * @return empty when what was shown does not count any more
     */
    public Optional<Begun> begin(Account account, Place place) {
        String secret = Secret.create();
        Instant now = Instant.now();
        boolean begun =
                store.insert(session(secret, Optional.empty(), place), account, now, now.plus(SessionStore.LONGEST));
        return begun ? Optional.of(new Begun(secret, Optional.empty())) : Optional.empty();
    }

    /** The same, renewed when their browser was closed. */
    public Optional<Begun> beginToStay(Account account, Place place) {
        String secret = Secret.create();
        String series = Secret.newId("k-");
        String next = Secret.create();
        Instant now = Instant.now();
        Instant end = now.plus(SessionStore.LONGEST);
        boolean begun =
                store.insertToStay(session(secret, Optional.of(series), place), Secret.hash(next), account, now, end);
        return begun ? Optional.of(new Begun(secret, Optional.of(Stay.of(series, next, end)))) : Optional.empty();
    }

    /**
     * Renews the session of a browser that shows this token, which gets the next one. Two tabs that show it at once get the
     * same. A token that was replaced long ago is in two hands, and nobody can tell whose is the thief's: both are signed
     * out.
     *
     * @return empty when the token is worth nothing
     */
    public Optional<Begun> renew(String token, Place place) {
        Matcher parts = Stay.FORM.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String series = parts.group(1);
        String shown = parts.group(2);
        String salt = Secret.create();
        Renewal renewal = store.renew(
                series,
                Secret.hash(shown),
                new SessionStore.Next(Secret.hash(nextToken(shown, salt)), salt),
                session(nextSession(shown, salt), Optional.of(series), place),
                Instant.now());
        if (renewal.kind() == Renewal.Kind.STOLEN) {
            audit.record(place.address(), "session.stolen", renewal.person(), place.agent());
        }
        if (renewal.kind() == Renewal.Kind.RENEWED || renewal.kind() == Renewal.Kind.STOLEN) {
            accessChanges.announce(); // sessions have ended
        }
        return switch (renewal.kind()) {
            case RENEWED, REPEATED ->
                Optional.of(new Begun(
                        nextSession(shown, renewal.salt()),
                        Optional.of(Stay.of(series, nextToken(shown, renewal.salt()), renewal.endsAt()))));
            case STOLEN, UNKNOWN -> Optional.empty();
        };
    }

    // what comes next follows from the token and from what only the database knows: so it can be told again to whoever
    // shows the token at the same time or has lost the answer, and an old token alone leads nowhere

    private static String nextToken(String shown, String salt) {
        return Secret.following(shown, "token " + salt);
    }

    private static String nextSession(String shown, String salt) {
        return Secret.following(shown, "session " + salt);
    }

    /** Ends the series of a token that a browser shows and should not keep. */
    public void forget(String token) {
        Matcher parts = Stay.FORM.matcher(token);
        if (parts.matches() && store.forget(parts.group(1), Secret.hash(parts.group(2)), Instant.now())) {
            accessChanges.announce();
        }
    }

    private static SessionStore.New session(String secret, Optional<String> series, Place place) {
        return new SessionStore.New(Secret.newId("s-"), Secret.hash(secret), series, place.address(), place.agent());
    }

    @Override
    public Optional<Identity> recognise(Credentials credentials) {
        return credentials
                .session()
                .filter(Secret::isSecret)
                .flatMap(secret -> store.identity(Secret.hash(secret), Instant.now()));
    }

    /** The sessions of this person, the latest used first. */
    public List<Session> of(String person) {
        return store.of(person, Instant.now());
    }

    /** Ends one session of this person, and their connections by it on every node; whether there was one. */
    public boolean end(String person, String id) {
        boolean ended = store.end(person, id);
        if (ended) {
            accessChanges.announce();
        }
        return ended;
    }

    /** Ends all sessions of this person but one. */
    public void endOthers(String person, String kept) {
        store.endAll(person, Optional.of(kept));
        accessChanges.announce();
    }

    /** Ends all sessions of this person. */
    public void endAll(String person) {
        store.endAll(person, Optional.empty());
        accessChanges.announce();
    }
}
