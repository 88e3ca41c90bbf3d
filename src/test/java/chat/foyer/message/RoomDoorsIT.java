package chat.foyer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.room.Member;
import chat.foyer.room.Note;
import chat.foyer.room.Room;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.room.RoomStore;
import chat.foyer.testing.BothDatabases;
import chat.foyer.user.Identity;
import chat.foyer.user.Proof;
import chat.foyer.user.Role;
import chat.foyer.user.Scope;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log lets people do to rooms and in them, under the room's lock, on both databases. */
class RoomDoorsIT extends BothDatabases {
    private static final RoomName ROOM = new RoomName("secret");
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final User BO = new User("u-bo", "Bo", false);
    private static final User CLEO = new User("u-cleo", "Cleo", false);
    private static final User GUEST = new User("g-x", "Guest", true);
    private static final boolean OVERSEER = true;

    private Map<String, String> settings;
    private MessageStore store;
    private RoomStore rooms;
    private int refs;

    private void open(Kind kind, String... further) {
        settings = settings(kind);
        for (int i = 0; i < further.length; i += 2) {
            settings.put(further[i], further[i + 1]);
        }
        Database database = database(settings);
        store = MessageStore.of(database);
        rooms = RoomStore.of(database);
        add(database, List.of(ANA, BO, CLEO));
    }

    private Change alter(RoomName room, User author, RoomChange what) {
        return new Change.Alter(room, author, !OVERSEER, what, "a" + ++refs);
    }

    private Change post(RoomName room, User author, String body) {
        return new Change.Post(room, author, new Draft("p" + ++refs, body));
    }

    private Outcome outcome(Change change) {
        return store.commit(List.of(change)).get(0);
    }

    private Message done(Change change) {
        Outcome outcome = outcome(change);
        assertThat(outcome.refusal()).isEmpty();
        return outcome.message().orElseThrow();
    }

    private void assertRefused(Change change, Fault fault) {
        long head = store.head(change.room());
        assertThat(outcome(change).refusal().map(ChatException::fault)).contains(fault);
        assertThat(store.head(change.room())).isEqualTo(head);
    }

    private static RoomChange create(Room.Kind kind) {
        return new RoomChange.Create(kind, new RoomChange.Topic("what it is about"));
    }

    private static RoomChange seat(User person, Member.Role role) {
        return new RoomChange.Seat(person, role);
    }

    private void makeClosedRoomOfAnaAndBo() {
        done(alter(ROOM, ANA, create(Room.Kind.CLOSED)));
        done(alter(ROOM, ANA, seat(BO, Member.Role.MEMBER)));
    }

    private List<String> members() {
        return rooms.members(ROOM).stream()
                .map(member -> member.person().name() + ' ' + member.role())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_closed_room_is_a_numbered_note_and_members_speak_in_it(Kind kind) {
        open(kind);
        Message created = done(alter(ROOM, ANA, create(Room.Kind.CLOSED)));
        assertThat(created.seq()).isEqualTo(1);
        assertThat(created.note()).contains(new Note(Note.What.CREATED, Optional.empty(), "closed"));
        Message added = done(alter(ROOM, ANA, seat(BO, Member.Role.MEMBER)));
        assertThat(added.note()).contains(new Note(Note.What.ADDED, Optional.of(BO), ""));
        Message said = done(post(ROOM, BO, "hi"));
        assertThat(said.seq()).isEqualTo(3);
        assertThat(store.historyBefore(ROOM, Long.MAX_VALUE, 10)).containsExactly(created, added, said);
        assertThat(store.changesAfter(ROOM, 0, 10).closed()).isTrue();
        assertThat(members()).containsExactly("Ana ADMINISTRATOR", "Bo MEMBER");
        assertRefused(post(ROOM, CLEO, "let me in"), Fault.ROOM_NAME);
        assertRefused(post(ROOM, GUEST, "me too"), Fault.ROOM_NAME);
        assertRefused(alter(ROOM, CLEO, create(Room.Kind.OPEN)), Fault.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void who_is_removed_in_a_batch_says_nothing_after_it_even_in_that_batch(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        List<Outcome> outcomes = store.commit(List.of(
                post(ROOM, BO, "before"),
                alter(ROOM, ANA, new RoomChange.Remove(BO)),
                post(ROOM, BO, "after"),
                post(ROOM, ANA, "he is gone"),
                alter(ROOM, ANA, seat(BO, Member.Role.MEMBER)),
                post(ROOM, BO, "again")));
        assertThat(outcomes.stream()
                        .map(each -> each.message().map(Message::seq).orElse(0L)))
                .containsExactly(3L, 4L, 0L, 5L, 6L, 7L);
        assertThat(outcomes.get(2).refusal().orElseThrow().fault()).isEqualTo(Fault.ROOM_NAME);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void who_was_removed_learns_nothing_by_sending_an_old_ref_again(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        Change said = post(ROOM, BO, "before");
        Message message = done(said);
        assertThat(outcome(said).known()).isTrue();
        done(alter(ROOM, ANA, new RoomChange.Remove(BO)));
        done(new Change.Delete(ROOM, ANA, message.id(), "d"));
        assertRefused(said, Fault.ROOM_NAME);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void roles_decide_what_is_done_to_others(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        Message ofAna = done(post(ROOM, ANA, "mine"));
        assertRefused(alter(ROOM, BO, seat(CLEO, Member.Role.MEMBER)), Fault.FORBIDDEN);
        assertRefused(alter(ROOM, BO, new RoomChange.Topic("mine")), Fault.FORBIDDEN);
        assertRefused(new Change.Delete(ROOM, BO, ofAna.id(), "d1"), Fault.NOT_YOURS);
        assertRefused(alter(ROOM, CLEO, seat(CLEO, Member.Role.MEMBER)), Fault.ROOM_NAME);
        assertThat(done(alter(ROOM, ANA, seat(BO, Member.Role.MODERATOR))).note())
                .contains(new Note(Note.What.ROLE, Optional.of(BO), "moderator"));
        done(alter(ROOM, BO, seat(CLEO, Member.Role.MEMBER)));
        assertRefused(alter(ROOM, BO, seat(CLEO, Member.Role.MODERATOR)), Fault.FORBIDDEN);
        assertRefused(alter(ROOM, BO, new RoomChange.Remove(ANA)), Fault.FORBIDDEN);
        assertRefused(alter(ROOM, BO, new RoomChange.Archive(true)), Fault.FORBIDDEN);
        assertRefused(new Change.Edit(ROOM, BO, ofAna.id(), new Draft("e1", "words in her mouth")), Fault.NOT_YOURS);
        Message deleted = done(new Change.Delete(ROOM, BO, ofAna.id(), "d2"));
        assertThat(deleted.body()).isEmpty();
        assertThat(deleted.author()).isEqualTo(ANA);
        assertThat(store.historyBefore(ROOM, Long.MAX_VALUE, 100))
                .noneMatch(each -> each.body().equals("mine"));
        done(alter(ROOM, BO, new RoomChange.Remove(CLEO)));
        assertThat(members()).containsExactly("Ana ADMINISTRATOR", "Bo MODERATOR");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_administrator_of_the_site_looks_after_every_room_but_conversations_of_two(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        Message said = done(post(ROOM, BO, "rude"));
        assertRefused(post(ROOM, CLEO, "I only look after it"), Fault.ROOM_NAME);
        done(new Change.Delete(ROOM, CLEO, OVERSEER, said.id(), "d"));
        done(new Change.Alter(ROOM, CLEO, OVERSEER, new RoomChange.Remove(BO), "x1"));
        RoomName direct = rooms.direct(ANA, BO).name();
        Message secret = done(post(direct, ANA, "between us"));
        assertRefused(new Change.Delete(direct, CLEO, OVERSEER, secret.id(), "d2"), Fault.ROOM_NAME);
        assertRefused(new Change.Alter(direct, CLEO, OVERSEER, new RoomChange.Archive(true), "x2"), Fault.ROOM_NAME);
        assertRefused(alter(direct, ANA, new RoomChange.Topic("us")), Fault.FORBIDDEN);
        assertRefused(alter(direct, ANA, seat(CLEO, Member.Role.MEMBER)), Fault.FORBIDDEN);
        assertRefused(alter(direct, ANA, new RoomChange.Remove(ANA)), Fault.FORBIDDEN);
        assertThat(store.changesAfter(direct, 0, 9).head()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_last_administrator_leaves_only_an_empty_room_which_is_archived(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        assertRefused(alter(ROOM, ANA, new RoomChange.Remove(ANA)), Fault.FORBIDDEN);
        assertRefused(alter(ROOM, ANA, seat(ANA, Member.Role.MEMBER)), Fault.FORBIDDEN);
        assertThat(done(alter(ROOM, BO, new RoomChange.Remove(BO))).note())
                .contains(new Note(Note.What.LEFT, Optional.of(BO), ""));
        Note last = done(alter(ROOM, ANA, new RoomChange.Remove(ANA))).note().orElseThrow();
        assertThat(last).isEqualTo(new Note(Note.What.LEFT, Optional.of(ANA), "archived"));
        assertThat(last.changesDoors()).isTrue();
        assertThat(rooms.members(ROOM)).isEmpty();
        assertRefused(new Change.Alter(ROOM, CLEO, OVERSEER, new RoomChange.Topic("x"), "x1"), Fault.ARCHIVED);
        done(new Change.Alter(ROOM, CLEO, OVERSEER, seat(BO, Member.Role.ADMINISTRATOR), "x2"));
        done(alter(ROOM, BO, new RoomChange.Archive(false)));
        done(post(ROOM, BO, "here I am again"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_archived_room_takes_nothing_and_confirms_what_it_took(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        Change said = post(ROOM, BO, "before");
        Message message = done(said);
        done(alter(ROOM, ANA, new RoomChange.Archive(true)));
        assertThat(outcome(said).known()).isTrue();
        assertRefused(post(ROOM, BO, "after"), Fault.ARCHIVED);
        assertRefused(new Change.Edit(ROOM, BO, message.id(), new Draft("e", "other")), Fault.ARCHIVED);
        assertRefused(new Change.Delete(ROOM, ANA, message.id(), "d"), Fault.ARCHIVED);
        assertThat(outcome(alter(ROOM, ANA, new RoomChange.Archive(true))))
                .isEqualTo(Outcome.unchanged().behindDoors());
        RoomName open = new RoomName("open");
        done(post(open, ANA, "mine to look after"));
        done(alter(open, ANA, new RoomChange.Archive(true)));
        assertRefused(post(open, GUEST, "after"), Fault.ARCHIVED);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void notes_are_neither_edited_nor_deleted(Kind kind) {
        open(kind);
        Message note = done(alter(ROOM, ANA, create(Room.Kind.CLOSED)));
        assertRefused(new Change.Edit(ROOM, ANA, note.id(), new Draft("e", "never")), Fault.NO_MESSAGE);
        assertRefused(new Change.Delete(ROOM, ANA, note.id(), "d"), Fault.NO_MESSAGE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_room_keeps_its_former_names_to_itself(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        RoomName renamed = new RoomName("council");
        Change said = post(ROOM, BO, "before");
        done(said);
        Message note = done(alter(ROOM, ANA, new RoomChange.Rename(renamed)));
        assertThat(note.room())
                .as("told to those who listen under the old name")
                .isEqualTo(ROOM);
        assertThat(note.note()).contains(new Note(Note.What.RENAMED, Optional.empty(), "council"));
        assertThat(store.heads(List.of(ROOM, renamed)).values()).containsExactly(4L, 4L);
        Message late = done(post(ROOM, BO, "sent to the old name"));
        assertThat(late.room()).isEqualTo(renamed);
        assertThat(late.seq()).isEqualTo(5);
        assertThat(store.changesAfter(ROOM, 3, 10)).isEqualTo(store.changesAfter(renamed, 3, 10));
        assertRefused(post(ROOM, CLEO, "is it free now?"), Fault.ROOM_NAME);
        assertRefused(alter(ROOM, CLEO, create(Room.Kind.OPEN)), Fault.TAKEN);
        Change again = new Change.Post(renamed, BO, new Draft(said.ref(), "before"));
        assertThat(outcome(again).known()).as("sent again after the renaming").isTrue();
        RoomName other = new RoomName("other");
        done(post(other, CLEO, "hi"));
        assertRefused(alter(other, CLEO, new RoomChange.Rename(ROOM)), Fault.TAKEN);
        assertRefused(alter(other, CLEO, new RoomChange.Rename(renamed)), Fault.TAKEN);
        assertRefused(alter(other, CLEO, new RoomChange.Rename(RoomName.ofTwo("u-ana", "u-cleo"))), Fault.ROOM_NAME);
        done(alter(renamed, ANA, new RoomChange.Rename(ROOM)));
        assertThat(done(post(renamed, BO, "back")).room()).isEqualTo(ROOM);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rooms_that_take_a_name_at_the_same_time_do_not_share_it(Kind kind) throws Exception {
        open(kind);
        MessageStore secondNode = MessageStore.of(opened.get(0));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 30; i++) {
                RoomName old = new RoomName("old-" + i);
                RoomName wanted = new RoomName("wanted-" + i);
                done(alter(old, ANA, create(Room.Kind.CLOSED)));
                Change rename = alter(old, ANA, new RoomChange.Rename(wanted));
                Change founds = post(i % 2 == 0 ? wanted : old, CLEO, "mine");
                var one = CompletableFuture.supplyAsync(() -> patiently(store, rename), threads);
                var other = CompletableFuture.supplyAsync(() -> patiently(secondNode, founds), threads);
                boolean renamed = one.get().refusal().isEmpty();
                boolean founded = other.get().refusal().isEmpty();
                assertThat(renamed && founded).as("both got %s", wanted).isFalse();
                assertThat(twice()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> twice() {
        return opened.get(0)
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT f.name FROM former_name f JOIN room r ON r.name = f.name")
                                .mapTo(String.class)
                                .list());
    }

    /** As a lane does it. */
    private static Outcome patiently(MessageStore store, Change change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.commit(List.of(change)).get(0);
            } catch (RuntimeException e) {
                if (attempt == 4) {
                    throw e;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void two_people_have_one_conversation_even_if_both_begin_it_at_once(Kind kind) throws Exception {
        open(kind);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<RoomName>> begun = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> i % 2 == 0
                                    ? rooms.direct(ANA, BO).name()
                                    : rooms.direct(BO, ANA).name(),
                            threads))
                    .toList();
            assertThat(begun.stream().map(CompletableFuture::join).distinct()).hasSize(1);
            RoomName direct = begun.get(0).join();
            assertThat(direct.isDirect()).isTrue();
            assertThat(rooms.members(direct)).hasSize(2);
            done(post(direct, ANA, "hello"));
            done(post(direct, BO, "hi"));
            assertRefused(post(direct, CLEO, "what do you talk about?"), Fault.ROOM_NAME);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nobody_begins_a_room_that_is_called_like_a_conversation_of_two(Kind kind) {
        open(kind);
        RoomName direct = RoomName.ofTwo("u-ana", "u-bo");
        RoomName fullWidth = new RoomName("\uFF20" + direct.text().substring(1)); // NFKC makes it the same
        assertThat(fullWidth).isEqualTo(direct);
        assertRefused(post(direct, CLEO, "mine"), Fault.ROOM_NAME);
        assertRefused(post(fullWidth, GUEST, "mine"), Fault.ROOM_NAME);
        assertRefused(alter(direct, CLEO, create(Room.Kind.CLOSED)), Fault.ROOM_NAME);
        assertRefused(alter(new RoomName("x"), CLEO, create(Room.Kind.DIRECT)), Fault.ROOM_NAME);
        assertRefused(
                new Change.Import(direct, CLEO, new Draft("far", "hi"), UUID.randomUUID(), Instant.now()),
                Fault.ROOM_NAME);
        assertThat(rooms.direct(ANA, BO).name()).isEqualTo(direct);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_other_databases_say_comes_into_open_rooms_only(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        assertRefused(
                new Change.Import(ROOM, BO, new Draft("far", "hi"), UUID.randomUUID(), Instant.now()), Fault.ROOM_NAME);
        RoomName open = new RoomName("open");
        done(new Change.Import(open, BO, new Draft("far2", "hi"), UUID.randomUUID(), Instant.now()));
        assertThat(rooms.members(open))
                .as("somebody of another database looks after nothing here")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_open_room_belongs_to_whom_began_it_and_anybody_joins_its_list(Kind kind) {
        open(kind);
        RoomName open = new RoomName("open");
        done(post(open, ANA, "first"));
        assertThat(done(alter(open, BO, seat(BO, Member.Role.MEMBER))).note())
                .contains(new Note(Note.What.JOINED, Optional.of(BO), ""));
        assertRefused(alter(open, BO, seat(CLEO, Member.Role.MEMBER)), Fault.FORBIDDEN);
        assertRefused(alter(open, CLEO, seat(CLEO, Member.Role.ADMINISTRATOR)), Fault.FORBIDDEN);
        assertRefused(alter(open, GUEST, seat(GUEST, Member.Role.MEMBER)), Fault.GUESTS_REFUSED);
        done(post(open, GUEST, "everybody speaks here"));
        assertThat(rooms.members(open).stream().map(Member::role))
                .containsExactly(Member.Role.ADMINISTRATOR, Member.Role.MEMBER);
        RoomName ofGuest = new RoomName("of a guest");
        done(post(ofGuest, GUEST, "first"));
        assertThat(rooms.members(ofGuest)).isEmpty();
        done(new Change.Alter(ofGuest, CLEO, OVERSEER, new RoomChange.Doors(Room.Kind.CLOSED), "x"));
        assertThat(rooms.members(ofGuest).stream().map(Member::person)).containsExactly(CLEO);
        assertRefused(post(ofGuest, GUEST, "second"), Fault.ROOM_NAME);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void guests_of_one_address_begin_so_many_rooms_and_speak_in_all_that_are_there(Kind kind) {
        open(kind, "foyer.limits.guest-rooms", "3");
        List<Change> begins = IntStream.range(0, 5)
                .mapToObj(i -> begins("room " + i, "192.0.2.1"))
                .toList();
        List<Outcome> outcomes = new ArrayList<>(store.commit(begins.subList(0, 2)));
        outcomes.addAll(store.commit(begins.subList(2, 5)));
        assertThat(outcomes.stream().map(each -> each.refusal().isEmpty()))
                .containsExactly(true, true, true, false, false);
        assertThat(outcomes.get(4).refusal().orElseThrow().fault()).isEqualTo(Fault.ROOMS);
        assertThat(store.head(new RoomName("room 4"))).isZero();
        done(begins("room 0", "192.0.2.1"));
        done(begins("room 5", "192.0.2.2"));
        done(post(new RoomName("room 6"), ANA, "no guest"));
        done(begins("room 6", "192.0.2.1"));
    }

    private Change begins(String room, String from) {
        return new Change.Post(new RoomName(room), GUEST, new Draft("g" + ++refs, "hi"), Optional.of(from));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void with_rooms_on_demand_off_only_members_make_rooms(Kind kind) {
        open(kind, "foyer.rooms.on-demand", "off");
        RoomName open = new RoomName("open");
        assertRefused(post(open, ANA, "hi"), Fault.ROOM_NAME);
        assertRefused(alter(open, GUEST, create(Room.Kind.OPEN)), Fault.GUESTS_REFUSED);
        done(alter(open, ANA, create(Room.Kind.OPEN)));
        done(post(open, GUEST, "hi"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothing_is_left_of_a_room_whose_beginning_was_refused(Kind kind) {
        open(kind);
        Change said = post(new RoomName("open"), ANA, "hi");
        done(said);
        RoomName never = new RoomName("never");
        assertRefused(new Change.Post(never, ANA, new Draft(said.ref(), "other")), Fault.REF);
        done(alter(never, BO, create(Room.Kind.CLOSED)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rooms_that_begin_in_one_batch_belong_to_those_who_began_them(Kind kind) {
        open(kind);
        RoomName open = new RoomName("open");
        RoomName never = new RoomName("never");
        Change said = post(open, CLEO, "first");
        List<Outcome> outcomes = store.commit(List.of(
                alter(ROOM, ANA, create(Room.Kind.CLOSED)),
                alter(new RoomName("other"), BO, create(Room.Kind.CLOSED)),
                said,
                new Change.Post(never, CLEO, new Draft(said.ref(), "something else"))));
        assertThat(outcomes.stream().map(outcome -> outcome.refusal().map(ChatException::fault)))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Fault.REF));
        assertThat(members()).containsExactly("Ana ADMINISTRATOR");
        assertThat(rooms.members(open).stream().map(Member::person)).containsExactly(CLEO);
        done(alter(never, BO, create(Room.Kind.CLOSED)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void open_rooms_cost_no_question_of_members(Kind kind) {
        open(kind);
        RoomName open = new RoomName("open");
        Message first = done(post(open, ANA, "first"));
        List<String> statements = new ArrayList<>();
        opened.get(0).jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(context.getRenderedSql());
            }
        });
        store.commit(List.of(
                post(open, GUEST, "hi"),
                new Change.Edit(open, ANA, first.id(), new Draft("e", "one")),
                post(open, BO, "ho")));
        assertThat(statements).noneMatch(statement -> statement.contains("room_member"));
        opened.get(0).jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_list_holds_what_its_reader_may_know_of(Kind kind) {
        open(kind);
        makeClosedRoomOfAnaAndBo();
        done(post(new RoomName("Open 100%"), GUEST, "hi"));
        RoomName direct = rooms.direct(CLEO, BO).name();
        assertThat(names(CLEO, "")).containsExactly(direct.text(), "Open 100%");
        assertThat(names(ANA, "")).containsExactly("Open 100%", "secret");
        assertThat(names(GUEST, "")).containsExactly("Open 100%");
        assertThat(names(BO, "0%")).containsExactly("Open 100%");
        assertThat(names(BO, "SEC")).containsExactly("secret");
        assertThat(rooms.list(identity(BO), "@", "", 9).get(0).with()).contains(CLEO);
        assertThat(rooms.list(identity(BO), "", "Open 100%", 9)).hasSize(1);
    }

    private List<String> names(User reader, String query) {
        return rooms.list(identity(reader), query, "", 100).stream()
                .map(sight -> sight.room().name().text())
                .toList();
    }

    private static Identity identity(User user) {
        return user.guest()
                ? Identity.ofGuest(user)
                : new Identity(user, Role.MEMBER, new Proof(Proof.Kind.SESSION, "s", Scope.ADMIN, Optional.empty()), 0);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_no_topic_can_be_is_refused(Kind kind) {
        open(kind);
        Stream.of("x".repeat(251), "two\nlines", "\u0000")
                .forEach(text ->
                        assertThatThrownBy(() -> new RoomChange.Topic(text)).isInstanceOf(ChatException.class));
        makeClosedRoomOfAnaAndBo();
        assertThat(done(alter(ROOM, ANA, new RoomChange.Topic("  😀 ".repeat(1))))
                        .body())
                .isEqualTo("😀");
    }
}
