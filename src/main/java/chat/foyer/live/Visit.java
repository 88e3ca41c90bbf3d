package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import java.security.Principal;

/**
 * What was settled before a socket opened: who comes, and to which room. Travels from the filter to the endpoint as the
 * handshake's principal, the one thing that both servers hand over unchanged. Immutable.
 *
 * @param caller who comes
 * @param room where to; {@code null} when the name is refused
 * @param refusal why the name is refused; {@code null} otherwise
 */
record Visit(Caller caller, RoomName room, ChatException refusal) implements Principal {
    @Override
    public String getName() {
        return caller.user().id();
    }
}
