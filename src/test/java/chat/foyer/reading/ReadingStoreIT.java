package chat.foyer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.message.Change;
import chat.foyer.message.Draft;
import chat.foyer.message.Mention;
import chat.foyer.message.Message;
import chat.foyer.message.MessageStore;
import chat.foyer.room.Member;
import chat.foyer.room.Room;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.room.RoomStore;
import chat.foyer.testing.BothDatabases;
import chat.foyer.user.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is unread and who is mentioned, in the SQL of both databases. */
class ReadingStoreIT extends BothDatabases {
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final User BO = new User("u-bo", "Bo", false);
    private static final User EVA = new User("u-eva", "Eva", false);
    private static final User GUEST = new User("g-1", "Guest", true);
    private static final RoomName LOBBY = new RoomName("lobby");

    private MessageStore messages;
    private ReadingStore reading;
    private RoomStore rooms;

    private void open(Kind kind) {
        Database database = database(kind);
        messages = MessageStore.of(database);
        reading = ReadingStore.of(database);
        rooms = RoomStore.of(database);
        add(database, List.of(ANA, BO, EVA));
    }

    private Message does(Change change) {
        var outcome = messages.commit(List.of(change)).get(0);
        assertThat(outcome.refusal()).isEmpty();
        return outcome.message().orElseThrow();
    }

    private Message says(User author, RoomName room, String text) {
        return does(new Change.Post(room, author, new Draft(UUID.randomUUID().toString(), text)));
    }

    private Message alters(User author, RoomName room, RoomChange what) {
        return does(
                new Change.Alter(room, author, false, what, UUID.randomUUID().toString()));
    }

    private void opens(User person, RoomName room) {
        reading.write(Map.of(new Mark.Seat(person.id(), room), new Mark(0, true)));
    }

    private boolean sees(User person, RoomName room, long seq) {
        Mark.Seat seat = new Mark.Seat(person.id(), room);
        return reading.write(Map.of(seat, new Mark(seq, false))).contains(seat);
    }

    private MyRoom roomOf(User person, RoomName room) {
        MyRoom found = reading.roomsOf(List.of(person.id())).get(person.id()).stream()
                .filter(each -> each.name().equals(room))
                .findFirst()
                .orElseThrow(() -> new AssertionError(room + " is none of " + person));
        assertThat(reading.roomsOf(List.of(person.id()), List.of(room)).get(person.id()))
                .as("read alone")
                .containsExactly(found);
        return found;
    }

    private long unread(User person, RoomName room) {
        return roomOf(person, room).count().unread();
    }

    private long mentions(User person, RoomName room) {
        return roomOf(person, room).count().mentions();
    }

    private List<String> listed(User person) {
        return reading.roomsOf(List.of(person.id())).get(person.id()).stream()
                .filter(MyRoom::listed)
                .map(room -> room.name().text())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_open_room_is_mine_once_i_opened_it_and_what_was_said_before_is_not_unread(Kind kind) {
        open(kind);
        says(GUEST, LOBBY, "before");
        assertThat(listed(ANA)).isEmpty();
        opens(ANA, LOBBY);
        assertThat(listed(ANA)).containsExactly("lobby");
        assertThat(unread(ANA, LOBBY)).isZero();
        says(GUEST, LOBBY, "after");
        assertThat(unread(ANA, LOBBY)).isEqualTo(1);
        opens(ANA, LOBBY);
        assertThat(unread(ANA, LOBBY)).as("opening is not seeing").isEqualTo(1);
        assertThat(reading.forget(ANA.id(), LOBBY)).isTrue();
        assertThat(listed(ANA)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_unread_is_what_was_posted_after_the_place_that_was_seen(Kind kind) {
        open(kind);
        says(GUEST, LOBBY, "one");
        opens(ANA, LOBBY);
        Message two = says(GUEST, LOBBY, "two");
        does(new Change.Edit(LOBBY, GUEST, two.id(), new Draft("edit", "zwei"))); // takes a number, is no message
        says(GUEST, LOBBY, "three");
        says(GUEST, LOBBY, "four");
        assertThat(unread(ANA, LOBBY)).isEqualTo(3);
        assertThat(sees(ANA, LOBBY, two.seq())).isTrue();
        assertThat(unread(ANA, LOBBY)).isEqualTo(2);
        assertThat(sees(ANA, LOBBY, two.rev() + 1))
                .as("the number of the edit is a place between")
                .isTrue();
        assertThat(unread(ANA, LOBBY)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_place_only_goes_forward_and_not_beyond_the_head(Kind kind) {
        open(kind);
        says(GUEST, LOBBY, "one");
        opens(ANA, LOBBY);
        Message two = says(GUEST, LOBBY, "two");
        assertThat(sees(ANA, LOBBY, Long.MAX_VALUE)).isTrue();
        assertThat(roomOf(ANA, LOBBY).count().seen()).isEqualTo(two.seq());
        assertThat(sees(ANA, LOBBY, 1)).isFalse();
        assertThat(sees(ANA, LOBBY, Long.MAX_VALUE)).isFalse();
        assertThat(unread(ANA, LOBBY)).isZero();
        says(GUEST, LOBBY, "three");
        assertThat(unread(ANA, LOBBY)).as("what was not said yet was not seen").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void notes_are_not_unread_and_a_message_taken_back_is(Kind kind) {
        open(kind);
        RoomName ops = new RoomName("ops");
        alters(ANA, ops, new RoomChange.Create(Room.Kind.CLOSED, new RoomChange.Topic("")));
        alters(ANA, ops, new RoomChange.Seat(BO, Member.Role.MEMBER));
        assertThat(unread(BO, ops)).isZero();
        Message said = says(ANA, ops, "hi @bo");
        alters(ANA, ops, new RoomChange.Topic("the shop"));
        assertThat(unread(BO, ops)).isEqualTo(1);
        assertThat(mentions(BO, ops)).isEqualTo(1);
        does(new Change.Delete(ops, ANA, said.id(), "gone"));
        assertThat(unread(BO, ops)).isEqualTo(1);
        assertThat(mentions(BO, ops)).isZero();
        assertThat(roomOf(BO, ops).topic()).isEqualTo("the shop");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void who_is_invited_begins_at_the_end_and_who_is_removed_has_the_room_no_more(Kind kind) {
        open(kind);
        RoomName ops = new RoomName("ops");
        alters(ANA, ops, new RoomChange.Create(Room.Kind.CLOSED, new RoomChange.Topic("")));
        says(ANA, ops, "secret");
        opens(BO, ops);
        assertThat(sees(BO, ops, 2)).isFalse();
        assertThat(listed(BO)).as("a closed room is nobody else's").isEmpty();
        alters(ANA, ops, new RoomChange.Seat(BO, Member.Role.MEMBER));
        assertThat(unread(BO, ops)).isZero();
        says(ANA, ops, "hi");
        assertThat(unread(BO, ops)).isEqualTo(1);
        alters(ANA, ops, new RoomChange.Remove(BO));
        assertThat(listed(BO)).isEmpty();
        alters(ANA, ops, new RoomChange.Archive(true));
        assertThat(listed(ANA)).as("archived").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_direct_conversation_is_listed_for_the_other_one_when_something_was_said(Kind kind) {
        open(kind);
        RoomName direct = rooms.direct(ANA, BO).name();
        assertThat(listed(BO)).isEmpty();
        opens(ANA, direct);
        assertThat(listed(ANA)).containsExactly(direct.text());
        assertThat(listed(BO)).isEmpty();
        says(ANA, direct, "psst");
        MyRoom room = roomOf(BO, direct);
        assertThat(room.listed()).isTrue();
        assertThat(room.with()).contains(ANA);
        assertThat(room.count().unread()).isEqualTo(1);
        assertThat(sees(BO, direct, 1)).as("without having opened it").isTrue();
        assertThat(unread(BO, direct)).isZero();
        assertThat(reading.roomsOf(List.of(EVA.id())).get(EVA.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void mentions_follow_what_a_message_says_now_and_end_when_it_was_seen(Kind kind) {
        open(kind);
        says(GUEST, LOBBY, "first");
        List.of(ANA, BO, EVA).forEach(person -> opens(person, LOBBY));
        Message said = says(ANA, LOBBY, "@Bo and @eva. look, not mail@ana.org; @ana knows, @nobody does not");
        assertThat(mentions(BO, LOBBY)).isEqualTo(1);
        assertThat(mentions(EVA, LOBBY)).isEqualTo(1);
        assertThat(mentions(ANA, LOBBY)).as("oneself").isZero();
        does(new Change.Edit(LOBBY, ANA, said.id(), new Draft("e1", "only @eva @eva")));
        assertThat(mentions(BO, LOBBY)).isZero();
        assertThat(mentions(EVA, LOBBY)).isEqualTo(1);
        sees(EVA, LOBBY, said.seq());
        assertThat(mentions(EVA, LOBBY)).isZero();
        does(new Change.Edit(LOBBY, ANA, said.id(), new Draft("e2", "nobody")));
        does(new Change.Edit(LOBBY, ANA, said.id(), new Draft("e3", "@bo after all")));
        assertThat(mentions(BO, LOBBY)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whom_a_message_mentions_is_part_of_it_when_it_is_stored_and_whenever_it_is_read(Kind kind) {
        open(kind);
        Message said = says(ANA, LOBBY, "@Bo, @eva. and @room, not @ana or @nobody");
        assertThat(said.mentions())
                .containsExactlyInAnyOrder(new Mention("u-bo", "bo"), new Mention("u-eva", "eva"), Mention.EVERYBODY);
        Message plain = says(ANA, LOBBY, "mail@ana.org");
        assertThat(messages.historyAfter(LOBBY, 0, 9)).containsExactly(said, plain);
        assertThat(messages.changesAfter(LOBBY, 0, 9).messages()).containsExactly(said, plain);
        Message edited = does(new Change.Edit(LOBBY, ANA, said.id(), new Draft("e", "only @eva")));
        assertThat(edited.mentions()).containsExactly(new Mention("u-eva", "eva"));
        assertThat(messages.historyAfter(LOBBY, 0, 9)).containsExactly(edited, plain);
        assertThat(does(new Change.Edit(LOBBY, ANA, said.id(), new Draft("e", "only @eva"))))
                .as("done again")
                .isEqualTo(edited);
        assertThat(does(new Change.Delete(LOBBY, ANA, said.id(), "d")).mentions())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void where_a_text_only_shows_something_nobody_is_mentioned(Kind kind) {
        open(kind);
        Draft shown = new Draft("r", "`@bo` says @eva", List.of(), List.of(" says @eva"));
        assertThat(does(new Change.Post(LOBBY, ANA, shown)).mentions()).containsExactly(new Mention("u-eva", "eva"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void only_members_are_mentioned_behind_doors(Kind kind) {
        open(kind);
        RoomName ops = new RoomName("ops");
        alters(ANA, ops, new RoomChange.Create(Room.Kind.CLOSED, new RoomChange.Topic("")));
        says(ANA, ops, "@bo must not know");
        alters(ANA, ops, new RoomChange.Seat(BO, Member.Role.MEMBER));
        assertThat(mentions(BO, ops)).isZero();
        says(ANA, ops, "hello @bo and @eva");
        assertThat(mentions(BO, ops)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everybody_may_mention_a_small_room_and_in_a_large_one_only_who_moderates(Kind kind) {
        open(kind);
        says(ANA, LOBBY, "mine"); // and so she administers it
        opens(BO, LOBBY);
        says(GUEST, LOBBY, "@room hello");
        assertThat(mentions(BO, LOBBY)).isEqualTo(1);
        opened.get(0).jdbi().useHandle(handle -> {
            for (int i = 0; i < 20; i++) {
                handle.execute(
                        "INSERT INTO person (id, handle, name, role, created_at) "
                                + "VALUES (?, ?, 'P', 'MEMBER', CURRENT_TIMESTAMP)",
                        "u-p" + i,
                        "p" + i + "p");
                opens(new User("u-p" + i, "P", false), LOBBY);
            }
        });
        says(GUEST, LOBBY, "@room not so fast");
        assertThat(mentions(BO, LOBBY)).isEqualTo(1);
        says(ANA, LOBBY, "@room, lunch!");
        assertThat(mentions(BO, LOBBY)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void marks_of_many_at_once_on_two_nodes_do_not_block_each_other(Kind kind) {
        open(kind);
        List<RoomName> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RoomName room = new RoomName("room-" + i);
            says(GUEST, room, "one");
            all.add(room);
            List.of(ANA, BO, EVA).forEach(person -> opens(person, room));
            for (int said = 0; said < 10; said++) {
                says(GUEST, room, "more");
            }
        }
        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                for (long seq = 2; seq <= 11; seq++) {
                    Map<Mark.Seat, Mark> marks = new HashMap<>();
                    for (RoomName room : all) {
                        for (User person : List.of(ANA, BO, EVA)) {
                            marks.put(new Mark.Seat(person.id(), room), new Mark(seq, false));
                        }
                    }
                    reading.write(marks);
                }
            }));
        }
        nodes.forEach(CompletableFuture::join);
        assertThat(reading.roomsOf(List.of(ANA.id())).get(ANA.id()))
                .hasSize(20)
                .allSatisfy(room -> assertThat(room.count().unread()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_renamed_room_is_found_under_its_former_name(Kind kind) {
        open(kind);
        RoomName ops = new RoomName("ops");
        alters(ANA, ops, new RoomChange.Create(Room.Kind.OPEN, new RoomChange.Topic("")));
        opens(BO, ops);
        Message said = says(ANA, ops, "hi");
        alters(ANA, ops, new RoomChange.Rename(new RoomName("work")));
        assertThat(listed(BO)).containsExactly("work");
        assertThat(sees(BO, ops, said.seq())).isTrue();
        assertThat(unread(BO, new RoomName("work"))).isZero();
        assertThat(reading.sizes(List.of(new RoomName("work"))).values()).containsExactly(new ReadingStore.Size(3, 1));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void who_turns_back_has_unread_what_came_after(Kind kind) {
        open(kind);
        says(GUEST, LOBBY, "one");
        opens(ANA, LOBBY);
        Message two = says(GUEST, LOBBY, "two, @ana");
        Message three = says(GUEST, LOBBY, "three");
        sees(ANA, LOBBY, three.seq());
        Mark.Seat seat = new Mark.Seat(ANA.id(), LOBBY);
        assertThat(reading.write(Map.of(seat, new Mark(two.seq() - 1, false, true))))
                .containsExactly(seat);
        assertThat(unread(ANA, LOBBY)).isEqualTo(2);
        assertThat(mentions(ANA, LOBBY)).isEqualTo(1);
        Mark backAndOn =
                new Mark(three.seq(), false).and(new Mark(0, false, true)).and(new Mark(two.seq(), false));
        reading.write(Map.of(seat, backAndOn));
        assertThat(unread(ANA, LOBBY)).isEqualTo(1);
        assertThat(reading.write(Map.of(new Mark.Seat(BO.id(), LOBBY), new Mark(0, false, true))))
                .as("a room that is none of theirs")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_one_wants_to_be_told_of_a_room_is_kept_and_nobody_elses(Kind kind) {
        open(kind);
        says(GUEST, LOBBY, "hi");
        opens(ANA, LOBBY);
        opens(BO, LOBBY);
        assertThat(roomOf(ANA, LOBBY).level()).isEqualTo(Level.MENTIONS);
        for (Level level : Level.values()) {
            reading.choose(ANA.id(), LOBBY, level);
            assertThat(roomOf(ANA, LOBBY).level()).isEqualTo(level);
        }
        assertThat(roomOf(BO, LOBBY).level()).isEqualTo(Level.MENTIONS);
        RoomName direct = rooms.direct(ANA, BO).name();
        opens(ANA, direct);
        assertThat(roomOf(ANA, direct).level()).isEqualTo(Level.EVERYTHING);
        reading.choose(ANA.id(), new RoomName("nowhere"), Level.NOTHING); // a room that is not there
    }
}
