package chat.foyer.user;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Slows down whoever guesses passwords, on all nodes together. Thread-safe; waits for the database.
 *
 * <p>Who fails often at one account from one address soon waits a minute for each further attempt. An address that fails at
 * many accounts waits as well, later, since whole offices share one. An account that is tried from everywhere at once
 * answers every 10 seconds: slow enough for guesses, and short enough for its owner.
 */
@ApplicationScoped
public class Attempts {
    private static final long SLIPS = 5;
    private static final long TRIES_FROM_EVERYWHERE = 50;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_FROM_EVERYWHERE = Duration.ofSeconds(10);

    @Inject
    Configuration configuration;

    @Inject
    AttemptStore store;

    /** One attempt that was begun. Immutable. */
    public static final class Attempt {
        private final List<AttemptStore.Count> counts;

        private Attempt(List<AttemptStore.Count> counts) {
            this.counts = counts;
        }
    }

    /**
     * Begins an attempt, which counts as failed until it succeeds.
     *
     * @param account whose password it is about; the same whether there is such an account
     * @param address from where
     * @throws ChatException ({@link Fault#GUESSING}) when it comes too early
     */
    public Attempt begin(String account, String address) {
        OptionalLong fromAddress = configuration.get(Settings.SIGN_IN_LIMIT).value();
        if (fromAddress.isEmpty()) {
            return new Attempt(List.of());
        }
        Attempt attempt = new Attempt(List.of(
                count("pair", account + '\n' + address, SLIPS, LONGEST),
                count("account", account, TRIES_FROM_EVERYWHERE, LONGEST_FROM_EVERYWHERE),
                count("address", address, fromAddress.getAsLong(), LONGEST)));
        Optional<Duration> wait = store.begin(attempt.counts);
        if (wait.isPresent()) {
            long seconds = wait.get().toSeconds() + 1;
            throw new ChatException(Fault.GUESSING, Phrase.of("fault.guessing.wait", seconds), wait.get());
        }
        return attempt;
    }

    private static AttemptStore.Count count(String kind, String what, long free, Duration longest) {
        return new AttemptStore.Count(Secret.hash(kind + '\n' + what), free, longest);
    }

    /** It was the right password. */
    public void succeeded(Attempt attempt) {
        if (!attempt.counts.isEmpty()) {
            store.succeeded(attempt.counts);
        }
    }
}
