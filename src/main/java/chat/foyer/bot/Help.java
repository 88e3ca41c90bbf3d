package chat.foyer.bot;

import chat.foyer.fault.ThrottledLog;
import chat.foyer.group.Threads;
import chat.foyer.message.CommitListener;
import chat.foyer.message.Committed;
import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import chat.foyer.web.Languages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /help} in rooms that are open to all: once in a room within {@value #TURN_SECONDS} seconds, however many ask
 * there, in the language of the site, since it is stored for all. An edit asks nothing. Thread-safe; keeps nothing.
 *
 * <p>The node that stored the question answers, under a ref that follows from its room and its time: so who asks in the same
 * turn, on whichever node, has been answered, and so has a question whose commit a node hears of twice.
 */
@ApplicationScoped
public class Help implements CommitListener {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Help.class), 60);
    private static final String QUESTION = "/help";
    private static final long TURN_SECONDS = 5;

    @Inject
    Bot bot;

    @Inject
    Languages languages;

    @Inject
    Threads threads;

    /** One for all who ask in a room in the same turn. */
    private record Answer(RoomName room, String ref) {
        static Answer to(Message question) {
            long turn = question.at().getEpochSecond() / TURN_SECONDS;
            byte[] room = question.room().text().getBytes(StandardCharsets.UTF_8); // too long for a ref
            return new Answer(question.room(), "help-" + turn + "-" + UUID.nameUUIDFromBytes(room));
        }
    }

    @Override
    public void committed(List<Committed> changes) {
        changes.stream()
                .filter(change -> change.open() && !change.imported())
                .map(Committed::message)
                .filter(Help::asks)
                .map(Answer::to)
                .distinct()
                .forEach(this::give);
    }

    private static boolean asks(Message message) {
        return message.kind() == Message.Kind.POSTED && message.body().strip().equals(QUESTION);
    }

    private void give(Answer answer) {
        CompletableFuture.supplyAsync(languages::ofSite, threads.readers()) // it may wait, and a lane must not
                .thenCompose(words -> bot.say(answer.room(), words.of("bot.help"), answer.ref()))
                .thenAccept(outcome -> outcome.refusal()
                        .ifPresent(reason -> LOG.warn("{} was not answered: {}", QUESTION, reason.getMessage())));
    }
}
