package chat.foyer.group;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.channel.Seal;
import chat.foyer.message.Mention;
import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HintTest {
    @Test
    void another_node_reads_what_one_has_written() {
        RoomName room = new RoomName("lobby");
        User ana = new User("u-ana", "Ana", false);
        Message said =
                new Message(new UUID(0, 7), room, 7, 7, ana, "r1", "@bo @room", Instant.EPOCH, Optional.empty(), false);
        Message mentioning = said.mentioning(Set.of(new Mention("u-bo", "bo"), Mention.EVERYBODY));
        Hint hint = new Hint("node", new UUID(0, 1), room, List.of(said, mentioning), 7, true);
        assertThat(Hint.of(hint.toEvent(new Seal(new byte[32])))).isEqualTo(hint);
    }
}
