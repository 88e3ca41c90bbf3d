package chat.foyer.user;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Issues and takes socket tickets: what a page or program that cannot set headers puts into the address of a socket. One
 * lasts 30 seconds, opens one socket, and ends with the session or token by which it was fetched. Thread-safe; waits for
 * the database.
 */
@ApplicationScoped
public class Tickets implements Recogniser {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * A ticket that was just made. Immutable; never logged.
     *
     * @param text the ticket
     * @param expiresAt when it ends unused
     */
    public record Ticket(String text, Instant expiresAt) {
        @Override
        public String toString() {
            return "Ticket"; // of a secret
        }
    }

    @Inject
    TicketStore store;

    /** A ticket by which the socket is opened as this identity. */
    public Ticket issue(Identity holder) {
        String ticket = Secrets.random();
        return new Ticket(ticket, store.add(hash(ticket), holder));
    }

    @Override
    public Optional<Identity> recognise(Credentials credentials) {
        return credentials.ticket().map(this::holderOf);
    }

    private Identity holderOf(String ticket) {
        return Optional.of(ticket)
                .filter(text -> FORM.matcher(text).matches())
                .flatMap(text -> store.take(hash(text)))
                .orElseThrow(() -> new ChatException(
                        Fault.TOKEN, "This session_key is not valid. It counts once and for 30 s; fetch a new one."));
    }

    private static String hash(String ticket) {
        return Secrets.hash("socket ticket", ticket);
    }
}
