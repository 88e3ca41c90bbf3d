package chat.foyer.file;

import chat.foyer.database.Database;
import chat.foyer.database.SqlTime;
import chat.foyer.message.Attachment;
import chat.foyer.message.AttachmentStore;
import chat.foyer.room.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of what was uploaded. Thread-safe; every method is one transaction or one query.
 *
 * <p>Invariant: bytes are there as long as a row refers to them. A reference is made before the bytes are kept, under the lock of
 * the row of their hash; they are removed under that lock, when no reference is left. So whoever keeps bytes cannot lose
 * them to somebody who removes the same ones, and none stay that nobody refers to.
 */
@ApplicationScoped
public class UploadStore {
    /** How long an upload waits to be posted. */
    static final Duration PATIENCE = Duration.ofDays(1);

    @Inject
    Database database;

    /** A store of this database without a container, for tests. */
    public static UploadStore of(Database database) {
        UploadStore store = new UploadStore();
        store.database = database;
        return store;
    }

    /** Writes down a file of this owner for this room, before its bytes are kept. */
    void add(Attachment file, String hash, String owner, RoomName room) {
        database.jdbi().useTransaction(handle -> {
            lock(handle, hash);
            handle.createUpdate("""
                            INSERT INTO file (id, hash, owner_id, room_name, name, type, size, width, height, expires_at)
                            VALUES (:id, :hash, :owner, :room, :name, :type, :size, :width, :height, :expires)
                            """)
                    .bind("id", file.id())
                    .bind("hash", hash)
                    .bind("owner", owner)
                    .bind("room", room.text())
                    .bind("name", file.name())
                    .bind("type", file.type())
                    .bind("size", file.size())
                    .bind("width", file.width())
                    .bind("height", file.height())
                    .bind("expires", SqlTime.of(Instant.now().plus(PATIENCE)))
                    .execute();
        });
    }

    /** Says that these bytes are the smaller image of a file, before they are kept. */
    void addThumbnail(UUID id, String hash) {
        database.jdbi().useTransaction(handle -> {
            lock(handle, hash);
            handle.createUpdate("UPDATE file SET thumbnail = :hash WHERE id = :id")
                    .bind("id", id)
                    .bind("hash", hash)
                    .execute();
        });
    }

    void removeThumbnail(UUID id) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE file SET thumbnail = NULL WHERE id = :id")
                        .bind("id", id)
                        .execute());
    }

    /** Locks the row of a hash; makes it, if it is not there. */
    private static void lock(Handle handle, String hash) {
        do {
            handle.createUpdate("INSERT INTO file_content (hash) VALUES (:hash) ON CONFLICT DO NOTHING")
                    .bind("hash", hash)
                    .execute();
        } while (!lockIfThere(handle, hash)); // removed between the two, by somebody whose lock we waited for
    }

    private static boolean lockIfThere(Handle handle, String hash) {
        return handle.createQuery("SELECT hash FROM file_content WHERE hash = :hash FOR UPDATE")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** The bytes could not be kept: the file goes with the next cleaning. */
    void giveUp(UUID id) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE file SET expires_at = :now WHERE id = :id")
                        .bind(
                                "now",
                                SqlTime.of(
                                        Instant.now().truncatedTo(ChronoUnit.MILLIS))) // the column would round it up
                        .bind("id", id)
                        .execute());
    }

    /** How many bytes this owner has uploaded that still wait to be posted. */
    long unposted(String owner) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT COALESCE(SUM(size), 0) FROM file
                                WHERE owner_id = :owner AND expires_at > :now AND message_id IS NULL
                                """)
                        .bind("owner", owner)
                        .bind("now", SqlTime.of(Instant.now()))
                        .mapTo(Long.class)
                        .one());
    }

    /** A file that is posted, or still waits to be. */
    Optional<StoredFile> find(UUID id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT f.id, f.hash, f.owner_id, COALESCE(r.name, f.room_name) AS room, f.name, f.type, f.size,
                                    f.width, f.height, f.thumbnail, f.expires_at IS NULL AS posted
                                FROM file f LEFT JOIN message m ON m.id = f.message_id LEFT JOIN room r ON r.id = m.room_id
                                WHERE f.id = :id AND (f.expires_at IS NULL OR f.message_id IS NULL AND f.expires_at > :now)
                                """)
                        .bind("id", id)
                        .bind("now", SqlTime.of(Instant.now()))
                        .map((row, context) -> stored(row))
                        .findOne());
    }

    private static StoredFile stored(ResultSet row) throws SQLException {
        return new StoredFile(
                AttachmentStore.attachmentIn(row),
                row.getString("hash"),
                Optional.ofNullable(row.getString("thumbnail")),
                row.getString("owner_id"),
                new RoomName(row.getString("room")),
                row.getBoolean("posted"));
    }

    /**
     * A file whose time is over, and what it refers to.
     *
     * @param hashes in their order, in which they are locked
     */
    record Expired(UUID id, List<String> hashes) {}

    /** Some of the files whose time was over at this moment: not posted for too long, or their messages were deleted. */
    List<Expired> expired(Instant now, int limit) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT id, hash, thumbnail FROM file WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit
                                """)
                        .bind("now", SqlTime.of(now))
                        .bind("limit", limit)
                        .map((row, context) -> new Expired(
                                row.getObject("id", UUID.class),
                                Stream.of(
                                                row.getString("hash"),
                                                Optional.ofNullable(row.getString("thumbnail"))
                                                        .orElse(row.getString("hash")))
                                        .distinct()
                                        .sorted()
                                        .toList()))
                        .list());
    }

    /** Forgets this file, unless it was posted meanwhile and is no more over at this moment, and removes the bytes to which it alone referred. */
    void forget(Expired file, Instant now, FileStore bytes) throws IOException {
        database.jdbi().useTransaction(handle -> {
            file.hashes().forEach(hash -> lockIfThere(handle, hash));
            int deleted = handle.createUpdate("DELETE FROM file WHERE id = :id AND expires_at <= :now")
                    .bind("id", file.id())
                    .bind("now", SqlTime.of(now))
                    .execute();
            for (String hash : deleted == 0 ? List.<String>of() : file.hashes()) {
                if (!isReferredTo(handle, hash)) {
                    bytes.remove(hash);
                    handle.createUpdate("DELETE FROM file_content WHERE hash = :hash")
                            .bind("hash", hash)
                            .execute();
                }
            }
        });
    }

    private static boolean isReferredTo(Handle handle, String hash) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM file WHERE hash = :hash)
                            OR EXISTS (SELECT 1 FROM file WHERE thumbnail = :hash)
                        """).bind("hash", hash).mapTo(Boolean.class).one();
    }
}
