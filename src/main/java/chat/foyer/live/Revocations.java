package chat.foyer.live;

import chat.foyer.fault.Fault;
import chat.foyer.group.GroupRegistry;
import chat.foyer.group.Socket;
import chat.foyer.user.AccessChange;
import chat.foyer.user.AccessListener;
import chat.foyer.user.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections of those whose access has changed. Thread-safe.
 *
 * <p>Invariant: a connection whose identity is voided by a change that this node has heard of is closed. A change is kept
 * before the connections are looked through, and a connection is in the registry before the kept changes are; so one of
 * the two sees the other. Changes are kept for longer than a handshake takes.
 */
@ApplicationScoped
public class Revocations implements AccessListener {
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private record Heard(AccessChange change, long atNanos) {}

    @Inject
    GroupRegistry groups;

    private final ConcurrentLinkedDeque<Heard> lately = new ConcurrentLinkedDeque<>();

    @Override
    public void accessChanged(AccessChange change) {
        long now = System.nanoTime();
        lately.add(new Heard(change, now));
        while (now - lately.element().atNanos() > KEPT_NANOS) {
            lately.remove();
        }
        groups.connections().forEach(connection -> endIfVoided(connection, change));
    }

    /** To be called once the connection is in the registry. */
    void check(Socket connection) {
        lately.forEach(heard -> endIfVoided(connection, heard.change()));
    }

    private static void endIfVoided(Socket connection, AccessChange change) {
        if (connection.identity().isVoidedBy(change)) {
            Fault fault = faultOf(connection.identity().proof(), change);
            connection.outbox().close(fault, fault.sentence());
        }
    }

    /** When somebody is signed out everywhere their programs are not: those connect again, and their tokens decide. */
    private static Fault faultOf(Proof proof, AccessChange change) {
        boolean ended = change.reason() == AccessChange.Reason.ENDED
                && (proof.kind() == Proof.Kind.SESSION || change.kind() == AccessChange.Kind.PROOF);
        return ended ? proof.fault() : Fault.ACCESS_CHANGED;
    }
}
