package chat.foyer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.message.Attachment;
import chat.foyer.message.Message;
import chat.foyer.room.Note;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
    private static final User ANA = new User("g-ana", "Ana", true);

    @Test
    void the_plain_wire_is_exactly_that_of_the_tutorial() {
        assertThat(FrameEncoder.encodeOnce(new PlainFrame("hi \"you\" <b> 😀\n")))
                .isEqualTo("{\"message\":\"hi \\\"you\\\" <b> 😀\\n\"}");
    }

    @Test
    void every_event_says_its_type_and_all_its_members() {
        Instant at = Instant.parse("2026-11-20T09:41:00.123Z");
        Message message =
                new Message(new UUID(0, 7), new RoomName("lobby"), 7, 7, ANA, "r1", "hi", at, Optional.empty(), false);
        Message edited = new Message(
                new UUID(0, 7), new RoomName("lobby"), 7, 8, ANA, "r1", "hello", at, Optional.of(at), false);
        Message deleted =
                new Message(new UUID(0, 7), new RoomName("lobby"), 7, 9, ANA, "r1", "", at, Optional.of(at), true);
        Note note = new Note(Note.What.ADDED, Optional.of(new User("u-bo", "Bo", false)), "");
        Message noted = new Message(
                new UUID(0, 7),
                new RoomName("lobby"),
                7,
                7,
                ANA,
                "r1",
                "",
                at,
                Optional.empty(),
                false,
                Optional.of(note));
        Batch batch = new Batch(List.of(
                new ServerFrame.Welcome(
                        "lobby",
                        ANA,
                        6,
                        "e",
                        List.of(new ServerFrame.Present("g-ana", "Ana", true, false)),
                        1,
                        new ServerFrame.Limits(65536L, 4000L, null, null, 99L)),
                ServerFrame.of(message),
                ServerFrame.of(edited),
                ServerFrame.of(deleted),
                ServerFrame.of(noted),
                ServerFrame.MessageConfirmed.of("r3", edited),
                new ServerFrame.BacklogPage(List.of(ServerFrame.of(deleted)), 7L, null),
                new ServerFrame.Resync(9),
                new ServerFrame.PresenceChanged(List.of(ANA), List.of("g-bo"), List.of("g-ana"), List.of("g-cy"), 2),
                new ServerFrame.TypingStarted(ANA),
                new ServerFrame.Failed("r2", "rate", "Wait.", 12L)));
        String author = "{\"guest\":true,\"id\":\"g-ana\",\"name\":\"Ana\"}";
        String id = "\"00000000-0000-0000-0000-000000000007\"";
        String time = "\"2026-11-20T09:41:00.123Z\"";
        assertThat(FrameEncoder.encodeOnce(batch))
                .isEqualToIgnoringWhitespace(
                        """
                        [{"type":"welcome","epoch":"e","limits":{"frame":65536,"message":4000,"upload":99},"present":[{"away":false,"guest":true,"id":"g-ana","name":"Ana"}],"presentCount":1,"room":"lobby","seq":6,"you":AUTHOR},
                         {"type":"message.posted","at":TIME,"author":AUTHOR,"body":"hi","id":ID,"ref":"r1","rev":7,"seq":7},
                         {"type":"message.edited","at":TIME,"author":AUTHOR,"body":"hello","editedAt":TIME,"id":ID,"ref":"r1","rev":8,"seq":7},
                         {"type":"message.deleted","at":TIME,"author":AUTHOR,"id":ID,"rev":9,"seq":7},
                         {"type":"room.noted","at":TIME,"author":AUTHOR,"id":ID,"note":"added","rev":7,"seq":7,
                          "subject":{"guest":false,"id":"u-bo","name":"Bo"}},
                         {"type":"message.confirmed","id":ID,"ref":"r3","rev":8,"seq":7},
                         {"type":"backlog.page","before":7,"messages":[
                           {"type":"message.deleted","at":TIME,"author":AUTHOR,"id":ID,"rev":9,"seq":7}]},
                         {"type":"resync","head":9},
                         {"type":"presence.changed","active":["g-cy"],"away":["g-ana"],"count":2,"joined":[AUTHOR],"left":["g-bo"]},
                         {"type":"typing.started","user":AUTHOR},
                         {"type":"failed","code":"rate","detail":"Wait.","ref":"r2","retryAfter":12}]""".replace("AUTHOR", author).replace("ID", id).replace("TIME", time));
    }

    @Test
    void html_is_said_only_where_the_text_is_marked_up() {
        Instant at = Instant.parse("2026-11-20T09:41:00.123Z");
        Message plain = new Message(
                new UUID(0, 7), new RoomName("lobby"), 7, 7, ANA, "r1", "5 * 3", at, Optional.empty(), false);
        Message marked = new Message(
                new UUID(0, 7), new RoomName("lobby"), 7, 7, ANA, "r1", "*hi*", at, Optional.empty(), false);
        Message edited =
                new Message(new UUID(0, 7), new RoomName("lobby"), 7, 8, ANA, "r1", "*hi*", at, Optional.of(at), false);
        assertThat(FrameEncoder.encodeOnce(Batch.of(ServerFrame.of(plain)))).doesNotContain("html");
        assertThat(FrameEncoder.encodeOnce(Batch.of(ServerFrame.of(marked))))
                .contains("\"body\":\"*hi*\"", "\"html\":\"<em>hi</em>\"");
        assertThat(FrameEncoder.encodeOnce(Batch.of(ServerFrame.of(edited))))
                .contains("\"body\":\"*hi*\"", "\"html\":\"<em>hi</em>\"");
    }

    @Test
    void a_message_tells_of_its_files_and_only_one_that_has_some() {
        Instant at = Instant.parse("2026-11-20T09:41:00.123Z");
        Message message = new Message(
                new UUID(0, 7),
                new RoomName("lobby"),
                7,
                7,
                ANA,
                "r1",
                "",
                at,
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of(),
                List.of(
                        new Attachment(new UUID(0, 1), "cat.png", "image/png", 9, 40, 30, true),
                        new Attachment(new UUID(0, 2), "a.pdf", Attachment.OPAQUE, 5, 0, 0, false)));
        assertThat(FrameEncoder.encodeOnce(Batch.of(ServerFrame.of(message)))).contains("""
                "files":[{"height":30,"id":"00000000-0000-0000-0000-000000000001","name":"cat.png","size":9,"thumbnail":true,\
                "type":"image/png","width":40},{"id":"00000000-0000-0000-0000-000000000002","name":"a.pdf","size":5,\
                "thumbnail":false,"type":"application/octet-stream"}]""");
        assertThat(message.spoken()).isEqualTo("cat.png\na.pdf");
        assertThat(Attachment.of(Attachment.toJson(message.files()))).isEqualTo(message.files());
    }

    @Test
    void the_events_of_a_persons_stream_say_all_their_members() {
        ServerFrame.RoomListed direct = new ServerFrame.RoomListed(
                "@x", "direct", "", new User("u-bo", "Bo", false), "away", "everything", 4, 2, 1, 0);
        Batch batch = new Batch(List.of(
                new ServerFrame.RoomsListed(
                        ANA,
                        List.of(new ServerFrame.RoomListed("lobby", "open", "t", null, null, "mentions", 9, 8, 1, 1))),
                direct,
                new ServerFrame.RoomCounted("lobby", 9, 9, 0, 0),
                new ServerFrame.RoomUnlisted("ops")));
        assertThat(FrameEncoder.encodeOnce(batch)).isEqualToIgnoringWhitespace("""
                [{"type":"rooms.listed","rooms":[{"type":"room.listed","head":9,"kind":"open","mentions":1,"notifications":"mentions","room":"lobby",
                    "seen":8,"topic":"t","unread":1}],"you":{"guest":true,"id":"g-ana","name":"Ana"}},
                 {"type":"room.listed","head":4,"kind":"direct","mentions":0,"notifications":"everything","presence":"away","room":"@x","seen":2,"topic":"","unread":1,
                    "with":{"guest":false,"id":"u-bo","name":"Bo"}},
                 {"type":"room.counted","head":9,"mentions":0,"room":"lobby","seen":9,"unread":0},
                 {"type":"room.unlisted","room":"ops"}]""");
    }

    @Test
    void every_kind_of_event_is_encoded_in_some_test() {
        // a new record must be added above, or this count is wrong
        assertThat(ServerFrame.class.getPermittedSubclasses())
                .filteredOn(type -> !type.equals(ServerFrame.Limits.class))
                .hasSize(15);
    }
}
