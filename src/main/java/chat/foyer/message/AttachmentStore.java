package chat.foyer.message;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The SQL by which messages take files and let go of them. Not thread-safe; for one batch of a commit lane, in its
 * transaction.
 *
 * <p>Invariant: a file is in one message at most, one of its owner in the room for which it was uploaded. Its row is locked
 * from {@link #lock} to the end of the transaction, so nobody removes meanwhile what is being posted. Where no message of a batch
 * has files, nothing is asked and nothing written.
 */
public final class AttachmentStore {
    private record Upload(String owner, RoomName room, Attachment file) {}

    private final Handle handle;
    private final Instant now;
    private final Map<UUID, Upload> free = new HashMap<>();

    AttachmentStore(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    /** Looks up the files that these changes want to post. */
    void lock(List<Change> changes) {
        Object[] ids = changes.stream()
                .flatMap(change -> change instanceof Change.Post post ? post.draft().files().stream() : Stream.empty())
                .distinct()
                .toArray();
        if (ids.length > 0) {
            handle.createQuery("""
                            SELECT id, owner_id, room_name, name, type, size, width, height, thumbnail FROM file
                            WHERE id = ANY(:ids) AND message_id IS NULL AND expires_at > :now
                            ORDER BY id FOR UPDATE
                            """)
                    .bindArray("ids", UUID.class, ids)
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .map((row, context) -> upload(row))
                    .forEach(upload -> free.put(upload.file().id(), upload));
        }
    }

    private static Upload upload(ResultSet row) throws SQLException {
        return new Upload(row.getString("owner_id"), new RoomName(row.getString("room_name")), attachmentIn(row));
    }

    /** What a row with the columns of {@code file} says of the file. */
    public static Attachment attachmentIn(ResultSet row) throws SQLException {
        return new Attachment(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size"),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("thumbnail") != null);
    }

    /**
     * Takes the files of a message that is about to be posted; all of them or none.
     *
     * @param here whether a room of this name is the one in which it is posted
     * @throws ChatException ({@link Fault#NO_FILE}) when one of them is not there for this message
     */
    List<Attachment> take(Draft draft, User author, Predicate<RoomName> here) {
        for (UUID id : draft.files()) {
            Upload upload = free.get(id);
            if (upload == null || !upload.owner().equals(author.id()) || !here.test(upload.room())) {
                throw new ChatException(Fault.NO_FILE);
            }
        }
        return draft.files().stream().map(free::remove).map(Upload::file).toList();
    }

    /** Writes down which message has which files, once the messages are there. */
    void attach(List<Message> posted) {
        List<Message> carriers = carriersAmong(posted);
        if (carriers.isEmpty()) {
            return;
        }
        PreparedBatch files =
                handle.prepareBatch("UPDATE file SET message_id = :message, expires_at = NULL WHERE id = :id");
        PreparedBatch messages = handle.prepareBatch("UPDATE message SET files = :files WHERE id = :message");
        for (Message message : carriers) {
            message.files()
                    .forEach(file -> files.bind("message", message.id())
                            .bind("id", file.id())
                            .add());
            messages.bind("message", message.id())
                    .bind("files", Attachment.toJson(message.files()).toString())
                    .add();
        }
        files.execute();
        messages.execute();
    }

    /** Gives up the files of messages that were deleted. */
    void detach(List<Message> deleted) {
        List<Message> carriers = carriersAmong(deleted);
        if (carriers.isEmpty()) {
            return;
        }
        PreparedBatch files = handle.prepareBatch("UPDATE file SET expires_at = :now WHERE message_id = :message");
        PreparedBatch messages = handle.prepareBatch("UPDATE message SET files = NULL WHERE id = :message");
        for (Message message : carriers) {
            files.bind("message", message.id())
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .add();
            messages.bind("message", message.id()).add();
        }
        files.execute();
        messages.execute();
    }

    private static List<Message> carriersAmong(List<Message> messages) {
        return messages.stream().filter(message -> !message.files().isEmpty()).toList();
    }
}
