package chat.foyer.file;

import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Counts the files that come and go on this node, each of which holds a thread of the server, however slow its client is.
 * Thread-safe.
 */
@ApplicationScoped
public class TransferLimits {
    static final int PER_PERSON = 4;

    /** In each direction: together half of the threads that WildFly has for requests, so that the chat has the others. */
    static final int PER_PROCESSOR = 4;

    /** Bytes; what is not larger is soon gone, and a page may show many such images at once. */
    static final long LIGHT = 1024L * 1024;

    private final Places uploads = new Places(Phrase.of("fault.file.uploads", PER_PERSON), PER_PERSON, all());
    private final Places downloads = new Places(Phrase.of("fault.file.downloads", PER_PERSON), PER_PERSON, all());

    private static int all() {
        return PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    }

    /** A place for an upload, see {@link Places#take}. */
    Places.Place upload(String person) {
        return uploads.take(person);
    }

    /** A place for a download of so many bytes, see {@link Places#take}; there always is one for a light file. */
    Places.Place download(String reader, long size) {
        return size <= LIGHT ? Places.FREE : downloads.take(reader);
    }
}
