package chat.foyer.file;

import chat.foyer.message.Attachment;
import chat.foyer.room.RoomName;
import java.util.Optional;

/**
 * A file and where it belongs. Immutable.
 *
 * @param hash of its bytes, SHA-256 in hexadecimal digits
 * @param thumbnail the hash of the smaller image; empty when there is none
 * @param owner the id of who uploaded it
 * @param room that of its message; of one that is not posted yet, the one that it is for
 * @param posted whether a message carries it
 */
public record StoredFile(
        Attachment file, String hash, Optional<String> thumbnail, String owner, RoomName room, boolean posted) {}
