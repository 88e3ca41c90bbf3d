package chat.foyer.group;

import chat.foyer.message.Message;
import chat.foyer.message.MessageStore.Latest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The latest changes of a room, from which clients that come back are told what they missed: a storm of them costs one
 * read of the log and not one each. Not thread-safe; belongs to the drain task of its room.
 *
 * <p>Invariant: holds, in the order of {@code rev}, the last state of every message that changed after {@link #completeAfter},
 * up to what the room has released. A state that was superseded is gone, so a deleted text is never told again.
 */
final class Recent {
    /** A client that has missed more than this loads the room anew, which is less work for everybody. */
    static final int MESSAGES = 500;

    static final int CHARS = 256 * 1024;

    private final Map<UUID, Message> messages = new LinkedHashMap<>();
    private int chars;
    private long completeAfter;

    /** Nothing before this number is known. */
    void start(long head) {
        completeAfter = head;
    }

    void add(Message message) {
        Message superseded = messages.remove(message.id());
        if (superseded != null) {
            chars -= superseded.body().length();
        }
        messages.put(message.id(), message);
        chars += message.body().length();
        while (messages.size() > MESSAGES || chars > CHARS && messages.size() > 1) {
            forgetOldest();
        }
    }

    /** The changes after one number and up to another, or empty when they are not all known. */
    Optional<List<Message>> between(long after, long upTo) {
        return after < completeAfter
                ? Optional.empty()
                : Optional.of(messages.values().stream()
                        .filter(message -> message.rev() > after && message.rev() <= upTo)
                        .toList());
    }

    /** The log was read; {@code released} is the number of the last change that the room has released. */
    void fill(Latest latest, long released) {
        if (latest.head() < completeAfter) {
            return; // so much was said since that there would be a hole between what was read and what is known
        }
        List<Message> known = new ArrayList<>(messages.values());
        messages.clear();
        chars = 0;
        completeAfter = Math.min(completeAfter, latest.completeAfter());
        Stream.concat(
                        latest.messages().stream()
                                .filter(message -> message.rev() <= released), // the rest is yet to come
                        known.stream())
                .sorted(Comparator.comparingLong(Message::rev))
                .forEach(this::add);
    }

    /** Forgets the changes up to this number. */
    void forget(long number) {
        while (!messages.isEmpty() && oldest().rev() <= number) {
            forgetOldest();
        }
        completeAfter = Math.max(completeAfter, number);
    }

    private Message oldest() {
        return messages.values().iterator().next();
    }

    private void forgetOldest() {
        Message oldest = oldest();
        messages.remove(oldest.id());
        chars -= oldest.body().length();
        completeAfter = Math.max(completeAfter, oldest.rev());
    }
}
