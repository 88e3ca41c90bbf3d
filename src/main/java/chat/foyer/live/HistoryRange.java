package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which part of a room's history is wanted: of three bounds at most one, of none the end of the room. Immutable.
 *
 * @param before messages whose place is before this; of these the last
 * @param after messages whose place is after this; of these the first
 * @param around messages on both sides of this place, and the one there
 * @param limit at most so many
 */
record HistoryRange(Optional<Long> before, Optional<Long> after, Optional<Long> around, int limit) {
    private static final int DEFAULT_LIMIT = 50;

    /** @throws ChatException ({@link Fault#CURSOR}) with a sentence that says what may be asked for */
    static HistoryRange of(Long before, Long after, Long around, Long limit) {
        List<Long> bounds =
                Stream.of(before, after, around).filter(Objects::nonNull).toList();
        if (bounds.size() > 1) {
            throw new ChatException(Fault.CURSOR, "Ask for what is before, after or around one place.");
        }
        if (bounds.stream().anyMatch(place -> place < 0)) {
            throw new ChatException(Fault.CURSOR, "A place in the history is zero or more.");
        }
        if (limit != null && (limit < 1 || limit > RoomService.MAX_PAGE)) {
            throw new ChatException(Fault.CURSOR, "Ask for 1 to " + RoomService.MAX_PAGE + " messages.");
        }
        return new HistoryRange(
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                Optional.ofNullable(around),
                limit == null ? DEFAULT_LIMIT : limit.intValue());
    }
}
