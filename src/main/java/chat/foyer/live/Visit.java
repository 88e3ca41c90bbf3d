package chat.foyer.live;

import chat.foyer.config.Limit;
import chat.foyer.group.Outbox;
import java.security.Principal;
import java.util.Optional;

/**
 * What was settled before a socket opens: who comes, and by which outbox they will hear. Travels from the filter to the
 * endpoint as the handshake's principal, the one thing that both servers hand over unchanged. Immutable.
 *
 * @param name the id of the user
 * @param outbox the way to the client, closed already when the visit is refused
 * @param visitor the visitor, in the room or among the streams already; empty when the visit is refused
 * @param frameLimit how many bytes a message of the client may have
 */
record Visit(String name, Outbox outbox, Optional<Visitor> visitor, Limit frameLimit) implements Principal {
    @Override
    public String getName() {
        return name;
    }
}
