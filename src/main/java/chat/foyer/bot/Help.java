package chat.foyer.bot;

import chat.foyer.fault.ThrottledLog;
import chat.foyer.message.CommitListener;
import chat.foyer.message.Committed;
import chat.foyer.message.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /help} in rooms that are open to all. Thread-safe.
 *
 * <p>The node that stored the question answers, under a ref that follows from the question's id: once in the cluster, also
 * when that node hears of its commit twice.
 */
@ApplicationScoped
public class Help implements CommitListener {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Help.class), 60);
    private static final String QUESTION = "/help";
    private static final String ANSWER = """
            Everybody in this room sees what you write, and it is kept. \
            An @ before the user name of somebody calls them. \
            I am the bot of this site; /help is all that I answer.""";

    @Inject
    Bot bot;

    @Override
    public void committed(List<Committed> changes) {
        changes.stream()
                .filter(change -> change.open() && !change.imported())
                .map(Committed::message)
                .filter(Help::asks)
                .forEach(this::answer);
    }

    private static boolean asks(Message message) {
        return message.kind() == Message.Kind.POSTED && message.body().strip().equals(QUESTION);
    }

    private void answer(Message question) {
        bot.say(question.room(), ANSWER, "help-" + question.id())
                .thenAccept(outcome -> outcome.refusal()
                        .ifPresent(reason -> LOG.warn("{} was not answered: {}", QUESTION, reason.getMessage())));
    }
}
