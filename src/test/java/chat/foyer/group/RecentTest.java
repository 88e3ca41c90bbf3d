package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.message.Message;
import chat.foyer.message.MessageStore.Latest;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final User ANA = new User("g-ana", "Ana", true);

    private final Recent recent = new Recent();

    private static Message message(long seq, long rev, String body) {
        return new Message(
                new UUID(0, seq), ROOM, seq, rev, ANA, "r-" + seq, body, Instant.EPOCH, Optional.empty(), false);
    }

    private List<Long> between(long after, long upTo) {
        return recent.between(after, upTo)
                .map(messages -> messages.stream().map(Message::rev).toList())
                .orElse(null);
    }

    @Test
    void holds_the_last_state_of_each_message_in_the_order_of_the_changes() {
        recent.add(message(1, 1, "a"));
        recent.add(message(2, 2, "b"));
        recent.add(message(1, 3, "c"));
        assertThat(between(0, 3)).containsExactly(2L, 3L);
        assertThat(between(2, 2)).isEmpty();
    }

    @Test
    void knows_no_more_than_it_holds_when_there_are_many_messages() {
        for (long number = 1; number <= Recent.MESSAGES + 5; number++) {
            recent.add(message(number, number, "x"));
        }
        assertThat(between(4, 600)).isNull();
        assertThat(between(5, 600)).hasSize(Recent.MESSAGES);
    }

    @Test
    void knows_no_more_than_it_holds_when_messages_are_long() {
        String half = "x".repeat(Recent.CHARS / 2);
        recent.add(message(1, 1, half));
        recent.add(message(2, 2, half));
        assertThat(between(0, 2)).hasSize(2);
        recent.add(message(2, 3, half)); // an edit takes the place of what it supersedes
        assertThat(between(0, 3)).hasSize(2);
        recent.add(message(4, 4, "x"));
        assertThat(between(0, 4)).isNull();
        assertThat(between(1, 4)).containsExactly(3L, 4L);
    }

    @Test
    void what_is_read_later_joins_on_without_a_hole() {
        recent.start(10);
        recent.add(message(11, 11, "x"));
        recent.add(message(9, 12, "an edit of what the read knows in its older state"));
        recent.fill(
                new Latest(List.of(message(13, 13, "not released"), message(10, 10, "x"), message(9, 9, "x")), 8, 13),
                12);
        assertThat(between(8, 12)).containsExactly(10L, 11L, 12L);
        assertThat(between(7, 12)).isNull();
    }

    @Test
    void a_read_that_would_leave_a_hole_is_not_used() {
        recent.start(10);
        List<Message> later = new ArrayList<>();
        for (long number = 11; number <= 10 + Recent.MESSAGES + 20; number++) {
            later.add(message(number, number, "x"));
        }
        later.forEach(recent::add);
        recent.fill(new Latest(List.of(message(10, 10, "x")), 0, 10), 530);
        assertThat(between(5, 530)).isNull();
        assertThat(between(30, 530)).hasSize(Recent.MESSAGES);
    }
}
