package chat.foyer.bot;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.message.Change;
import chat.foyer.message.Draft;
import chat.foyer.message.MessageLog;
import chat.foyer.message.Outcome;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Speaks in rooms that are open to all, for any code in the WAR: a resource, a timer, a batch job, a consumer. Thread-safe;
 * never waits, neither for the database nor for those who listen.
 *
 * <p>What it says is stored before it is shown, once, and shown on every node. Texts are plain and keep the limit of all
 * messages ({@code foyer.limits.message}). A room that does not exist comes into being where people could begin it, too.
 */
@ApplicationScoped
public class Bot {
    /** By whom everything is said; nobody can have an account that is called like this. */
    static final User SELF = new User("b-foyer", "Foyer", false);

    @Inject
    Configuration configuration;

    @Inject
    MessageLog log;

    /**
     * Says this. The stage completes once it is stored, or with the reason why it is not: no message can have this text, the
     * room is closed, direct or archived, or the database is away. What follows the stage must not block.
     */
    public CompletionStage<Outcome> say(RoomName room, String text) {
        return say(room, text, UUID.randomUUID().toString());
    }

    /**
     * The same, once for this ref, however often and on however many nodes it is asked for.
     *
     * @param ref 1 to 64 visible ASCII characters
     */
    public CompletionStage<Outcome> say(RoomName room, String text, String ref) {
        try {
            Draft draft = new Draft(ref, text);
            draft.checkNotBlank();
            draft.checkLength(configuration.get(Settings.MESSAGE_LIMIT));
            return log.submit(new Change.Post(room, SELF, draft));
        } catch (ChatException refusal) {
            return CompletableFuture.completedStage(Outcome.refused(refusal));
        }
    }
}
