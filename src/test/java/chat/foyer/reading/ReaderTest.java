package chat.foyer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.group.Outbox;
import chat.foyer.group.PersonStream;
import chat.foyer.presence.Status;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.testing.FakeSocket;
import chat.foyer.user.Identity;
import chat.foyer.user.Proof;
import chat.foyer.user.Role;
import chat.foyer.user.Scope;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReaderTest {
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final User BO = new User("u-bo", "Bo", false);

    private final Reader reader = new Reader(ANA.id());
    private final FakeSocket tab = new FakeSocket(FakeSocket.Client.READS);
    private int told;

    private PersonStream stream(FakeSocket socket) {
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        socket.answering(outbox::ponged);
        outbox.attach(socket.session());
        Proof proof = new Proof(Proof.Kind.SESSION, "s", Scope.ADMIN, Optional.empty());
        return new PersonStream(
                new Identity(ANA, Role.MEMBER, proof, 0), InetAddress.getLoopbackAddress(), Words.ENGLISH, outbox);
    }

    private static MyRoom open(String name, long posts, long seenPosts) {
        return new MyRoom(
                new RoomName(name),
                Room.Kind.OPEN,
                "",
                Optional.empty(),
                Optional.empty(),
                Level.MENTIONS,
                true,
                new Count(posts, posts, seenPosts, seenPosts, 0));
    }

    private static MyRoom direct(long posts, boolean opened) {
        return new MyRoom(
                RoomName.ofTwo(ANA.id(), BO.id()),
                Room.Kind.DIRECT,
                "",
                Optional.of(BO),
                Optional.of(Status.OFFLINE),
                Level.EVERYTHING,
                opened,
                new Count(posts, posts, 0, 0, 0));
    }

    /** The types of the events since the last call, with the counts of unread messages. */
    private List<String> news() {
        List<String> news = new ArrayList<>();
        List<String> sent = tab.sent();
        for (String frame : sent.subList(told, sent.size())) {
            Pattern.compile("\"type\":\"([a-z.]+)\"(?:[^{}]*?\"unread\":(\\d+))?")
                    .matcher(frame)
                    .results()
                    .forEach(match ->
                            news.add(match.group(2) == null ? match.group(1) : match.group(1) + " " + match.group(2)));
        }
        told = sent.size();
        return news;
    }

    private void arrives(MyRoom... rooms) {
        reader.arrives(stream(tab));
        reader.read(List.of(rooms));
        told = tab.sent().size();
    }

    @Test
    void who_arrives_gets_the_list_and_nothing_else() {
        reader.arrives(stream(tab));
        reader.grown(new RoomName("lobby"), 5, 5);
        assertThat(tab.sent()).isEmpty();
        reader.read(List.of(open("lobby", 3, 1), direct(0, false)));
        assertThat(tab.sent()).hasSize(1);
        assertThat(tab.sent().get(0)).contains("rooms.listed", "\"unread\":2").doesNotContain("direct");
    }

    @Test
    void a_second_tab_gets_the_list_and_the_first_only_what_is_new() {
        arrives(open("lobby", 3, 1));
        FakeSocket second = new FakeSocket(FakeSocket.Client.READS);
        reader.arrives(stream(second));
        reader.read(List.of(open("lobby", 4, 1)));
        assertThat(news()).containsExactly("room.counted 3");
        assertThat(second.sent()).hasSize(1);
        assertThat(second.sent().get(0)).contains("rooms.listed");
    }

    @Test
    void what_looks_the_same_is_not_told_again() {
        arrives(open("lobby", 3, 1));
        reader.read(List.of(open("lobby", 3, 1)));
        reader.read(open("lobby", 3, 1));
        reader.grown(new RoomName("lobby"), 3, 3);
        assertThat(news()).isEmpty();
    }

    @Test
    void growing_and_seeing_change_the_difference() {
        arrives(open("lobby", 3, 3));
        reader.grown(new RoomName("lobby"), 5, 5);
        reader.read(open("lobby", 5, 5));
        assertThat(news()).containsExactly("room.counted 2", "room.counted 0");
    }

    @Test
    void rooms_come_and_go_and_are_called_something_else() {
        arrives(open("lobby", 3, 3));
        reader.read(List.of(open("hall", 3, 3)));
        assertThat(news()).containsExactly("room.unlisted", "room.listed 0");
        reader.read(List.of());
        assertThat(news()).containsExactly("room.unlisted");
    }

    @Test
    void a_direct_conversation_appears_with_its_first_message() {
        arrives(direct(0, false));
        reader.grown(RoomName.ofTwo(ANA.id(), BO.id()), 1, 1);
        reader.grown(RoomName.ofTwo(ANA.id(), BO.id()), 2, 2);
        assertThat(news()).containsExactly("room.listed 1", "room.counted 2");
    }

    @Test
    void the_other_one_of_a_conversation_comes_and_goes() {
        arrives(direct(2, true));
        for (MyRoom conversation : reader.with(Set.of(BO.id()))) {
            reader.read(conversation.attended(Optional.of(Status.ACTIVE)));
            reader.read(conversation.attended(Optional.of(Status.ACTIVE)));
        }
        reader.grown(RoomName.ofTwo(ANA.id(), BO.id()), 3, 3);
        assertThat(news()).containsExactly("room.listed 2", "room.counted 3");
        assertThat(reader.with(Set.of(ANA.id()))).isEmpty();
    }

    @Test
    void a_reader_without_streams_is_nobody() {
        arrives(open("lobby", 3, 3));
        assertThat(reader.leftBy(stream -> false)).isFalse();
        assertThat(reader.leftBy(stream -> true)).isTrue();
    }
}
