package chat.foyer.user;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Makes, recognises and ends personal access tokens. Thread-safe; waits for the database. */
@ApplicationScoped
public class Tokens implements Recogniser {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Tokens.class), 1);
    private static final int MOST = 50; // of a person
    private static final int MAX_LABEL = 100;
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * A token that was just made. Immutable.
     *
     * @param token what is kept of it
     * @param secret what its owner must keep, since nobody can tell it again
     */
    public record Made(Token token, TokenSecret secret) {}

    @Inject
    TokenStore store;

    @Inject
    AccessChanges changes;

    @Inject
    AuditLog audit;

    /**
     * Makes a token for this person.
     *
     * @param expiresAt when it ends; empty for never
     * @throws ChatException when somebody like them may not have one like that
     */
    public Made make(Identity owner, String label, Scope scope, Optional<Instant> expiresAt) {
        if (scope == Scope.ADMIN && !owner.isAdministrator()) {
            throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.token.administers"));
        }
        if (expiresAt.isEmpty() && !owner.isAdministrator()) {
            throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.token.endless"));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (expiresAt
                .filter(end -> !end.isAfter(now) || end.isAfter(now.plus(LONGEST)))
                .isPresent()) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.token.long", LONGEST.toDays()), "expiresAt");
        }
        TokenSecret secret = TokenSecret.random();
        Token token = new Token(
                secret.id(),
                checked(label),
                scope,
                now,
                expiresAt.map(end -> end.truncatedTo(ChronoUnit.MILLIS)),
                Optional.empty());
        if (!store.add(owner, token, secret.hash(), MOST)) {
            throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.token.most", MOST));
        }
        String until = token.expiresAt().map(Instant::toString).orElse("for ever");
        audit.record(owner.user().id(), "token.create", token.id(), scope + " until " + until + ": " + token.label());
        return new Made(token, secret);
    }

    private static String checked(String label) {
        String text = label.strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_LABEL || !User.isOneLine(text)) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.token.label", MAX_LABEL), "label");
        }
        return text;
    }

    /** The tokens of this person, the newest first. */
    public List<Token> of(Identity owner) {
        return store.of(owner.user().id());
    }

    /**
     * Ends a token and every socket that it opened, on all nodes.
     *
     * @throws ChatException ({@link Fault#NO_TOKEN}) when this person has no such token
     */
    public void delete(Identity owner, String id) {
        if (!store.delete(owner.user().id(), id)) {
            throw new ChatException(Fault.NO_TOKEN);
        }
        changes.announce();
        audit.record(owner.user().id(), "token.delete", id, "");
    }

    /** Recognises the owner by a bearer token that begins like ours. */
    @Override
    public Optional<Identity> recognise(Credentials credentials) {
        return credentials.bearer().filter(TokenSecret::isMeant).map(this::ownerOf);
    }

    private Identity ownerOf(String bearer) {
        Instant now = Instant.now();
        TokenSecret secret = TokenSecret.parse(bearer).orElseThrow(() -> new ChatException(Fault.TOKEN));
        TokenStore.Found found = store.find(secret.id())
                .filter(known -> secret.hasHash(known.hash()))
                .orElseThrow(() -> new ChatException(Fault.TOKEN));
        Token token = found.token();
        Proof proof = new Proof(Proof.Kind.TOKEN, token.id(), token.scope(), token.expiresAt());
        if (proof.hasEnded(now)) {
            throw new ChatException(Fault.TOKEN);
        }
        try {
            store.used(token, now);
        } catch (RuntimeException e) { // worth a line, and not the request
            LOG.warn("The last use of a token could not be noted: {}", e);
        }
        return new Identity(
                found.owner().user(), found.owner().role(), proof, found.owner().asOf());
    }
}
