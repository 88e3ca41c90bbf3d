package chat.foyer.file;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import chat.foyer.message.Attachment;
import chat.foyer.message.Draft;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Right;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * What can be done with files beside posting them: uploading and reading. Thread-safe; waits for the client and for the
 * store of the bytes, but not for thumbnails.
 */
@ApplicationScoped
public class Uploads {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(Uploads.class), 1);

    /** How long an upload waits for its thumbnail, which others and large images may hold up; it is told without one then. */
    private static final long THUMBNAIL_SECONDS = 10;

    /** How many messages' worth of the largest files somebody may have uploaded and not posted. */
    private static final int MESSAGES_AHEAD = 2;

    @Inject
    FileStore bytes;

    @Inject
    Doors doors;

    @Inject
    Intake intake;

    @Inject
    TransferLimits limits;

    @Inject
    UploadLimit uploadLimit;

    @Inject
    Thumbnailer thumbnailer;

    @Inject
    UploadStore store;

    /**
     * Takes a file in, for a message of its owner in this room. Whether they may post there, the caller has asked.
     *
     * @param declared how many bytes the client wants to send; empty when it does not say
     * @return the file once it is stored and its thumbnail is made, if it gets one soon; may complete on a thread that must not wait
     * @throws ChatException when it is too large, too slow, empty, cut off or one too many, or when it cannot be stored
     */
    public CompletionStage<Attachment> upload(
            RoomName room, User owner, FileName name, InputStream body, OptionalLong declared) {
        Places.Place place = limits.upload(owner.id());
        try (place) { // until the bytes are kept: thumbnails hold no thread of the server
            requireRoom(owner);
            return take(room, owner, name, intake.receive(body, declared));
        }
    }

    /** Asked before each upload, of which somebody has few at once; so it is exceeded by these at most. */
    private void requireRoom(User owner) {
        long each = store.unposted(owner.id()) / (MESSAGES_AHEAD * Draft.MAX_FILES);
        if (uploadLimit.get().exceededBy(each)) {
            throw new ChatException(Fault.RATE, Phrase.of("fault.file.unposted"));
        }
    }

    private CompletionStage<Attachment> take(RoomName room, User owner, FileName name, Received received) {
        boolean handedOn = false;
        try {
            Optional<Picture> picture = Picture.in(received.path());
            Attachment file = new Attachment(
                    UUID.randomUUID(),
                    name.text(),
                    picture.map(Picture::type).orElse(Attachment.OPAQUE),
                    received.size(),
                    picture.map(Picture::width).orElse(0),
                    picture.map(Picture::height).orElse(0),
                    false);
            keep(file, received, owner, room);
            CompletableFuture<Attachment> done = picture.filter(image -> Thumbnailer.helps(image, file.size()))
                    .map(image -> withThumbnail(file, received, image))
                    .orElse(CompletableFuture.completedFuture(file));
            handedOn = true;
            done.whenComplete(
                    (ended, failure) -> received.close()); // until then it is read, also when nobody waits any more
            return done.copy().completeOnTimeout(file, THUMBNAIL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.warn("A file cannot be stored: {}", e);
            throw new ChatException(Fault.UNAVAILABLE, Phrase.of("fault.file.unstored"));
        } finally {
            if (!handedOn) {
                received.close();
            }
        }
    }

    private void keep(Attachment file, Received received, User owner, RoomName room) throws IOException {
        store.add(file, received.hash(), owner.id(), room);
        try {
            bytes.keep(received.hash(), received.path());
        } catch (IOException | RuntimeException e) {
            store.giveUp(file.id());
            throw e;
        }
    }

    /** An image whose thumbnail cannot be made, or not now, is shown as it is. */
    private CompletableFuture<Attachment> withThumbnail(Attachment file, Received received, Picture picture) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            keepThumbnail(file.id(), Thumbnailer.make(received.path(), picture));
                            return new Attachment(
                                    file.id(),
                                    file.name(),
                                    file.type(),
                                    file.size(),
                                    file.width(),
                                    file.height(),
                                    true);
                        } catch (IOException
                                | RuntimeException
                                | OutOfMemoryError // other images may need less
                                | LinkageError e) { // a Java without what draws images
                            LOG.warn("An image gets no thumbnail: {}", e);
                            return file;
                        }
                    },
                    thumbnailer.threads());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(file);
        }
    }

    private void keepThumbnail(UUID id, byte[] image) throws IOException {
        try (Received thumbnail = intake.receive(new ByteArrayInputStream(image), OptionalLong.of(image.length))) {
            store.addThumbnail(id, thumbnail.hash());
            try {
                bytes.keep(thumbnail.hash(), thumbnail.path());
            } catch (IOException | RuntimeException e) {
                store.removeThumbnail(id);
                throw e;
            }
        }
    }

    /**
     * A file that this reader may have now: of a message that they may read, or an upload of their own.
     *
     * @throws ChatException ({@link Fault#NO_FILE}) when there is none, or when they may not know of it
     */
    public StoredFile find(UUID id, Identity reader) {
        StoredFile file = store.find(id).orElseThrow(() -> new ChatException(Fault.NO_FILE));
        if (!file.posted() && !file.owner().equals(reader.user().id())) {
            throw new ChatException(Fault.NO_FILE);
        }
        if (file.posted()) {
            Access access = doors.access(file.room(), reader);
            if (!access.allows(Right.READ)) {
                throw new ChatException(Fault.NO_FILE);
            }
            doors.showPart(access, reader); // who looks behind doors as an administrator answers for it
        }
        return file;
    }

    /**
     * Its bytes; the caller closes them.
     *
     * @param reader for whom a large download is counted until then: the id of who has an account, the address of a guest
     * @throws ChatException ({@link Fault#RATE} or {@link Fault#BUSY}) when it would be one too many
     */
    public InputStream open(StoredFile file, String reader) throws IOException {
        Places.Place place = limits.download(reader, file.file().size());
        try {
            return new Download(bytes.open(file.hash()), place);
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private static final class Download extends FilterInputStream {
        private final Places.Place place;

        Download(InputStream bytes, Places.Place place) {
            super(bytes);
            this.place = place;
        }

        @Override
        public void close() throws IOException {
            try (place) {
                super.close();
            }
        }
    }

    /**
     * A smaller image of it.
     *
     * @throws ChatException ({@link Fault#NO_FILE}) when it has none
     */
    public byte[] thumbnail(StoredFile file) throws IOException {
        try (InputStream image = bytes.open(file.thumbnail().orElseThrow(() -> new ChatException(Fault.NO_FILE)))) {
            return image.readAllBytes();
        }
    }
}
