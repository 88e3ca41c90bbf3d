package chat.foyer.user;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/**
 * Issues and takes socket tickets: what a page or program that cannot set headers puts into the address of a socket. One
 * lasts 30 seconds, opens one socket, and ends with the session or token by which it was fetched. Thread-safe; waits for
 * the database.
 */
@ApplicationScoped
public class Tickets implements Recogniser {
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
        String ticket = Secret.create();
        return new Ticket(ticket, store.add(Secret.hash(ticket), holder));
    }

    @Override
    public Optional<Identity> recognise(Credentials credentials) {
        return credentials.ticket().map(this::holderOf);
    }

    private Identity holderOf(String ticket) {
        return Optional.of(ticket)
                .filter(Secret::isSecret)
                .flatMap(text -> store.take(Secret.hash(text)))
                .orElseThrow(() -> new ChatException(
                        Fault.TOKEN, "This session_key is not valid. It counts once and for 30 s; fetch a new one."));
    }
}
