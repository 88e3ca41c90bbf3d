package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.message.Draft;
import chat.foyer.message.Outcome;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Saying something by the form of a room's page, as browsers without scripts do. Thread-safe; waits until it is stored. */
@ApplicationScoped
public class PostingForm {
    private static final long SECONDS = 10;

    @Inject
    RoomService rooms;

    /**
     * Says it, once for every ref: who sends the form a second time changes nothing.
     *
     * @throws ChatException with a sentence for the author when it was not said
     */
    void post(RoomName room, Caller author, String ref, String text) {
        Draft draft = new Draft(ref, text.replace("\r\n", "\n")); // as forms send lines (HTML, form submission)
        draft.checkNotBlank();
        rooms.check(draft);
        try {
            Outcome outcome = rooms.post(room, author.identity(), author.address(), draft)
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
            outcome.refusal().ifPresent(refusal -> {
                throw refusal;
            });
        } catch (TimeoutException | ExecutionException e) {
            throw new ChatException(Fault.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(Fault.UNAVAILABLE);
        }
    }
}
