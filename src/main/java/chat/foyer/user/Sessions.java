package chat.foyer.user;

import chat.foyer.fault.ThrottledLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** Begins a session of this person and gives the secret for the cookie. */
    public String begin(Person person, Place place) {
        String secret = Secret.create();
        Instant now = Instant.now();
        SessionStore.New session = new SessionStore.New(
                Secret.newId("s-"), Secret.hash(secret), person.id(), Optional.empty(), place.address(), place.agent());
        store.insert(session, now, now.plus(SessionStore.LONGEST));
        return secret;
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
