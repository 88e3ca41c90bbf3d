package chat.foyer.bot;

import chat.foyer.channel.consumer.Consumer;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.message.Outcome;
import chat.foyer.room.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutionException;

/**
 * Says in rooms that are open to all what anybody sends to the channel {@value #CHANNEL}. Thread-safe.
 *
 * <p>One after the other, each once it is stored: what comes faster waits in the channel, and when that is full its sender is
 * told. An event is taken before it is stored, so one that the database does not take is lost, and the log says so.
 */
@ApplicationScoped
public class ChatMessages {
    static final String CHANNEL = "chat-messages";

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
        Outcome outcome = bot.say(new RoomName(wanted.room()), wanted.message())
                .toCompletableFuture()
                .get();
        outcome.refusal().ifPresent(reason -> {
            throw new ChatException(
                    reason.fault(), "The bot cannot speak in the room " + wanted.room() + ". " + reason.getMessage());
        });
    }
}
