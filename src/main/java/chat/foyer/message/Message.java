package chat.foyer.message;

import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;

/**
 * What was said in a room. Immutable.
 *
 * @param id names this message everywhere, for ever
 * @param room where it was said
 * @param author who said it
 * @param ref the author's own name for it
 * @param body the text
 * @param at when the server accepted it
 */
public record Message(String id, RoomName room, User author, String ref, String body, Instant at) {}
