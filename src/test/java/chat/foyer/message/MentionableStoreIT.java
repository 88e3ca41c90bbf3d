package chat.foyer.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.room.Room;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.room.RoomStore;
import chat.foyer.testing.BothDatabases;
import chat.foyer.user.User;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is offered to be mentioned, in the SQL of both databases. */
class MentionableStoreIT extends BothDatabases {
    private static final User ANA = new User("u-ana", "Ana Ruiz", false);
    private static final List<User> ALL = List.of(
            ANA,
            new User("u-bo", "Bo Lindqvist", false),
            new User("u-anton", "Zoe Anton", false),
            new User("u-a_b", "Percent % Man", false));

    private MessageStore messages;
    private MentionableStore store;
    private RoomStore rooms;

    private void open(Kind kind) {
        Database database = database(kind);
        messages = MessageStore.of(database);
        store = MentionableStore.of(database);
        rooms = RoomStore.of(database);
        add(database, ALL);
    }

    private Optional<Room> made(String name, Room.Kind kind) {
        RoomChange made = new RoomChange.Create(kind, new RoomChange.Topic(""));
        messages.commit(List.of(new Change.Alter(
                new RoomName(name), ANA, false, made, UUID.randomUUID().toString())));
        return rooms.find(new RoomName(name), ANA.id()).map(RoomStore.Sight::room);
    }

    private List<String> offered(Optional<Room> room, String author, String text) {
        return store.search(room, author, text).people().stream()
                .map(MentionableStore.Mentionable::handle)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void handles_and_words_of_names_are_found_by_how_they_begin(Kind kind) {
        open(kind);
        Optional<Room> room = made("lobby", Room.Kind.OPEN);
        assertThat(offered(room, "u-bo", ""))
                .containsExactly("ana", "a_b", "anton")
                .doesNotContain("bo");
        assertThat(offered(room, "u-bo", "AN")).as("who is here first").containsExactly("ana", "anton");
        assertThat(offered(room, "u-bo", "ruiz")).containsExactly("ana");
        assertThat(offered(room, "u-bo", "uiz")).isEmpty();
        assertThat(offered(room, "u-bo", "a_")).as("no wildcard").containsExactly("a_b");
        assertThat(offered(room, "u-bo", "%")).containsExactly("a_b");
        assertThat(offered(room, "u-bo", "a".repeat(1_000))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void behind_doors_only_members_are_offered_and_a_new_room_has_everybody(Kind kind) {
        open(kind);
        Optional<Room> closed = made("ops", Room.Kind.CLOSED);
        assertThat(offered(closed, "u-bo", "")).containsExactly("ana");
        MentionableStore.Answer begun = store.search(Optional.empty(), "u-bo", "");
        assertThat(begun.people()).hasSize(3).noneMatch(MentionableStore.Mentionable::here);
        assertThat(begun.all()).isFalse();
        assertThat(store.search(closed, ANA.id(), "").all()).isTrue();
    }
}
