package chat.foyer.bot;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.group.Threads;
import chat.foyer.message.Change;
import chat.foyer.message.Committed;
import chat.foyer.message.Draft;
import chat.foyer.message.Message;
import chat.foyer.message.MessageLog;
import chat.foyer.message.MessageStore;
import chat.foyer.message.Outcome;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.testing.BothDatabases;
import chat.foyer.user.User;
import chat.foyer.web.Languages;
import chat.foyer.words.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the bot says and what it does not, on both databases. */
class BotIT extends BothDatabases {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final RoomName OTHER = new RoomName("кухня 😀");
    private static final User ANA = new User("u-ana", "Ana", false);
    private static final Instant TURN = Instant.ofEpochSecond(1_800_000_000); // begins one

    private MessageStore store;
    private Bot bot;
    private Help help;
    private int refs;

    /** A bot whose log commits at once, without lanes. */
    private void open(Kind kind, String... further) {
        Map<String, String> settings = settings(kind);
        for (int i = 0; i < further.length; i += 2) {
            settings.put(further[i], further[i + 1]);
        }
        Database database = database(settings);
        store = MessageStore.of(database);
        bot = new Bot();
        bot.configuration = database.configuration();
        bot.log = new MessageLog() {
            @Override
            public CompletionStage<Outcome> submit(Change change) {
                return CompletableFuture.completedStage(done(change));
            }
        };
        help = new Help();
        help.bot = bot;
        help.threads = new Threads() {
            @Override
            public Executor readers() {
                return Runnable::run;
            }
        };
        help.languages = new Languages() {
            @Override
            public Words ofSite() {
                return Words.ENGLISH;
            }
        };
    }

    private Outcome done(Change change) {
        return store.commit(List.of(change)).get(0);
    }

    private Message posted(RoomName room, String text) {
        return done(new Change.Post(room, ANA, new Draft("r" + ++refs, text)))
                .message()
                .orElseThrow();
    }

    private Outcome said(RoomName room, String text, String ref) {
        return bot.say(room, text, ref).toCompletableFuture().join();
    }

    private List<String> texts(RoomName room) {
        return store.historyBefore(room, Long.MAX_VALUE, 200).stream()
                .map(Message::body)
                .toList();
    }

    private long answers(RoomName room) {
        return store.historyBefore(room, Long.MAX_VALUE, 200).stream()
                .filter(message -> message.author().equals(Bot.SELF))
                .count();
    }

    /** As if it had been asked so long after a turn has begun. */
    private static Committed question(RoomName room, long seconds) {
        Message asked = new Message(
                UUID.randomUUID(),
                room,
                7,
                7,
                ANA,
                "ref",
                " /help\n",
                TURN.plusSeconds(seconds),
                Optional.empty(),
                false);
        return new Committed(asked, false, true);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_flood_of_questions_is_answered_once_in_a_room_in_five_seconds(Kind kind) {
        open(kind);
        help.committed(List.of(question(ROOM, 0), question(ROOM, 1), question(OTHER, 1)));
        for (int i = 0; i < 20; i++) { // nodes do not know what others were asked
            help.committed(List.of(question(ROOM, i % 5)));
        }
        assertThat(answers(ROOM)).isOne();
        assertThat(answers(OTHER)).isOne();
        help.committed(List.of(question(ROOM, 5)));
        assertThat(answers(ROOM)).isEqualTo(2);
        assertThat(answers(OTHER)).isOne();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_edit_asks_nothing(Kind kind) {
        open(kind);
        List<Committed> changes = new ArrayList<>();
        Message said = posted(ROOM, "help me");
        changes.add(new Committed(said, false, true));
        Message edited = done(new Change.Edit(ROOM, ANA, said.id(), new Draft("e", "/help")))
                .message()
                .orElseThrow();
        changes.add(new Committed(edited, false, true));
        help.committed(changes);
        assertThat(texts(ROOM)).containsExactly("/help");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_said_again_under_its_ref_is_said_once(Kind kind) {
        open(kind);
        assertThat(said(ROOM, "build 7 failed", "build-7").known()).isFalse();
        assertThat(said(ROOM, "build 7 failed", "build-7").known()).isTrue();
        assertThat(said(ROOM, "build 7 passed", "build-7").refusal().map(ChatException::fault))
                .contains(Fault.REF);
        assertThat(texts(ROOM)).containsExactly("build 7 failed");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void where_rooms_do_not_begin_by_themselves_the_bot_is_told_that_there_is_none(Kind kind) {
        open(kind, "foyer.rooms.on-demand", "off");
        assertThat(said(ROOM, "anybody here?", "r").refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal).hasMessage("There is no room of this name."));
        assertThat(store.head(ROOM)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_archived_room_is_refused_with_a_sentence_that_says_so(Kind kind) {
        open(kind);
        posted(ROOM, "the end");
        boolean overseer = true;
        assertThat(done(new Change.Alter(ROOM, ANA, overseer, new RoomChange.Archive(true), "a"))
                        .refusal())
                .isEmpty();
        long head = store.head(ROOM);
        assertThat(said(ROOM, "wait", "r").refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal).hasMessageContaining("This room is archived"));
        assertThat(store.head(ROOM)).isEqualTo(head);
    }
}
