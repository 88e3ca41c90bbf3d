package chat.foyer.live;

import chat.foyer.config.Configuration;
import chat.foyer.config.Limit;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Socket;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the open sockets of each user and each address on this node, and says when there are too many. Thread-safe. */
@ApplicationScoped
public class SocketLimits {

    @Inject
    Configuration configuration;

    private final ConcurrentHashMap<Object, Integer> open = new ConcurrentHashMap<>();
    private final Set<Socket> admitted = ConcurrentHashMap.newKeySet();

    /** @throws ChatException ({@link Fault#TOO_MANY_SOCKETS}) when this one would be too many; then nothing is counted */
    void admit(Socket connection) {
        count(connection.user().id(), configuration.get(Settings.SOCKET_LIMIT));
        try {
            count(connection.address(), configuration.get(Settings.ADDRESS_LIMIT));
        } catch (ChatException e) {
            discount(connection.user().id());
            throw e;
        }
        admitted.add(connection);
    }

    /** The connection counts no more; calling it again does nothing. */
    void release(Socket connection) {
        if (admitted.remove(connection)) {
            discount(connection.user().id());
            discount(connection.address());
        }
    }

    private void count(Object who, Limit limit) {
        int now = open.merge(who, 1, Integer::sum);
        if (limit.exceededBy(now)) {
            discount(who);
            throw new ChatException(Fault.TOO_MANY_SOCKETS, Phrase.of("fault.sockets", limit));
        }
    }

    private void discount(Object who) {
        open.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
    }
}
