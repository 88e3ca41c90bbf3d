package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import java.util.Optional;

/**
 * Which part of a room's history is wanted. Immutable.
 *
 * @param before messages whose place is before this; of these the last
 * @param after messages whose place is after this; of these the first
 * @param limit at most so many
 */
record HistoryRange(Optional<Long> before, Optional<Long> after, int limit) {
    private static final int DEFAULT_LIMIT = 50;

    /** @throws ChatException ({@link Fault#CURSOR}) with a sentence that says what may be asked for */
    static HistoryRange of(Long before, Long after, Long limit) {
        if (before != null && after != null) {
            throw new ChatException(Fault.CURSOR, "Ask for what is before or after a place, not for both.");
        }
        if (before != null && before < 0 || after != null && after < 0) {
            throw new ChatException(Fault.CURSOR, "A place in the history is zero or more.");
        }
        if (limit != null && (limit < 1 || limit > RoomService.MAX_PAGE)) {
            throw new ChatException(Fault.CURSOR, "Ask for 1 to " + RoomService.MAX_PAGE + " messages.");
        }
        return new HistoryRange(
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                limit == null ? DEFAULT_LIMIT : limit.intValue());
    }
}
