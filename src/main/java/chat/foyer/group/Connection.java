package chat.foyer.group;

import chat.foyer.fault.Fault;
import chat.foyer.message.Message;
import chat.foyer.message.MessageStore.Changes;
import chat.foyer.protocol.Batch;
import chat.foyer.protocol.FrameEncoder;
import chat.foyer.protocol.PlainFrame;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.util.List;

/**
 * One socket of one user in one room. Thread-safe; what its callbacks remember of it lives in the endpoint.
 *
 * <p>Invariant: whoever tells it of a change asks next whether {@link #isEndedBy} it, and what is offered after that goes
 * nowhere, since the outbox is closed. It was let in with regard to all changes up to {@link #admittedAt}, so only later
 * ones end it.
 */
public final class Connection extends Socket {
    private final RoomName room;
    private final long admittedAt;
    private final Superseded superseded = new Superseded(); // while it catches up
    private volatile boolean ended; // by a change that it may not hear beyond

    /** @param admittedAt the number of the room's last change when its doors were asked */
    public Connection(
            RoomName room,
            Identity identity,
            InetAddress address,
            Wire wire,
            Words words,
            Outbox outbox,
            long admittedAt) {
        super(identity, address, wire, words, outbox);
        this.room = room;
        this.admittedAt = admittedAt;
    }

    public RoomName room() {
        return room;
    }

    /** The number of the room's last change when its doors were asked. */
    long admittedAt() {
        return admittedAt;
    }

    /** Ends the connection if this change means that it may hear nothing further; whether it does. */
    boolean isEndedBy(Message change) {
        if (change.note().isEmpty() || change.rev() <= admittedAt) {
            return false;
        }
        Note note = change.note().get();
        if (note.endsMembershipOf(user())) {
            end(Fault.REMOVED);
        } else if (note.changesDoors()) {
            end(Fault.ACCESS_CHANGED);
        }
        return ended;
    }

    /** Ends the connection if it waits for a room that nobody had begun when its doors were asked; whether it does. */
    boolean endIfAdmittedToNothing() {
        if (admittedAt == 0) {
            end(Fault.ACCESS_CHANGED);
        }
        return ended;
    }

    /** It may hear nothing further of the room, for this reason. */
    void end(Fault reason) {
        ended = true;
        outbox().close(reason, reason.sentence());
    }

    /** Whether a change has ended it. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Offers changes that this client has missed, those after this number; returns up to where it has them now, less than
     * up to where they go when not all fitted, or when one of them has ended it. Called by one thread at a time.
     */
    long catchUp(long after, Changes missed) {
        List<Message> changes = missed.messages();
        long told = after;
        for (Message change : changes) {
            passed(told, change.rev());
            if (!offer(change)) {
                return told;
            }
            told = change.rev();
            if (isEndedBy(change)) {
                return told;
            }
        }
        passed(told, missed.completeUpTo() + 1);
        return missed.completeUpTo();
    }

    private void passed(long told, long next) {
        if (wire() == Wire.PLAIN) { // the rich wire has edits
            superseded.nothingBetween(told, next);
        }
    }

    private boolean offer(Message change) {
        if (wire() == Wire.RICH) {
            return outbox().offer(FrameEncoder.encodeOnce(Batch.of(ServerFrame.of(change))));
        }
        boolean taken =
                !superseded.isNews(change) || outbox().offer(FrameEncoder.encodeOnce(new PlainFrame(change.spoken())));
        if (taken) {
            superseded.told(change);
        }
        return taken;
    }

    /** It hears everything live again. */
    void caughtUp() {
        superseded.clear();
    }
}
