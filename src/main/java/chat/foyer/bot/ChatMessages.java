package chat.foyer.bot;

import chat.foyer.channel.consumer.Consumer;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.room.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Says in rooms that are open to all what anybody sends to the channel {@value #CHANNEL}. Thread-safe.
 *
 * <p>One after the other, each once it is stored: what comes faster waits in the channel, and when that is full its sender is
 * told. While the database takes nothing, a node keeps trying with the one event that it took, and leaves the others to nodes
 * that fare better; after {@value #PATIENCE_SECONDS} s, as long as an event waits in a channel, it is lost, and the log says so.
 */
@ApplicationScoped
public class ChatMessages {
    static final String CHANNEL = "chat-messages";
    private static final long PATIENCE_SECONDS = 60;
    private static final long PAUSE_MILLIS = 500;

    @Inject
    Bot bot;

    /**
     * An event of the channel. Immutable.
     *
     * @param room the name of the room
     * @param message what is said there
     */
    public record Wanted(String room, String message) {
        /** @throws ChatException when either is missing */
        public Wanted {
            if (room == null || message == null) {
                throw new ChatException(Fault.MALFORMED, "Send a room and a message, both of them texts.");
            }
        }
    }

    /** @throws ChatException when it cannot be said there */
    @Consumer(CHANNEL)
    void say(Wanted wanted) throws InterruptedException, ExecutionException {
        RoomName room = new RoomName(wanted.room());
        String ref = UUID.randomUUID().toString(); // the same for all attempts, so it is said once
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Optional<ChatException> refusal = attempt(room, wanted.message(), ref);
        while (refusal.filter(ChatMessages::passes).isPresent() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            refusal = attempt(room, wanted.message(), ref);
        }
        if (refusal.isPresent()) {
            throw new ChatException(
                    refusal.get().fault(),
                    "The bot cannot speak in the room " + wanted.room() + ". "
                            + refusal.get().getMessage());
        }
    }

    private Optional<ChatException> attempt(RoomName room, String text, String ref)
            throws InterruptedException, ExecutionException {
        return bot.say(room, text, ref).toCompletableFuture().get().refusal();
    }

    private static boolean passes(ChatException refusal) {
        return refusal.fault() == Fault.UNAVAILABLE || refusal.fault() == Fault.BUSY;
    }
}
