package chat.foyer.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.presence.Announcement.Ask;
import chat.foyer.presence.Announcement.Beat;
import chat.foyer.presence.Announcement.Changes;
import chat.foyer.presence.Announcement.Whole;
import chat.foyer.protocol.ServerFrame.PresenceChanged;
import chat.foyer.protocol.ServerFrame.Present;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine of presence on nodes that share a bus and a clock which the test moves. */
class WhereaboutsTest {
    private static final RoomName LOBBY = new RoomName("lobby");
    private static final RoomName OPS = new RoomName("ops");
    private static final User ANA = new User("g-ana", "Ana", true);
    private static final User BO = new User("g-bo", "Bo", true);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int TICKS_PER_SECOND = 4;

    /** Begins shortly before the clock overflows. */
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    private final Map<String, Whereabouts> nodes = new LinkedHashMap<>();
    private final List<Announcement> said = new ArrayList<>();
    private final Map<String, List<PresenceChanged>> toldLobby = new HashMap<>(); // by node
    private final Map<String, Set<String>> people = new HashMap<>(); // by node
    private Predicate<Announcement> lost = announcement -> false;

    private Whereabouts start(String node) {
        return start(node, "first life");
    }

    private Whereabouts start(String node, String life) {
        return start(node, life, false);
    }

    /** A node whose database nobody shares. */
    private Whereabouts startAlone(String node) {
        return start(node, "first life", true);
    }

    private Whereabouts start(String node, String life, boolean alone) {
        Whereabouts started = new Whereabouts(node, life, alone);
        nodes.put(node, started);
        return started;
    }

    /** Time passes on all nodes; what they say arrives at once, at all that live. */
    private void pass(double seconds) {
        for (int i = 0; i < seconds * TICKS_PER_SECOND; i++) {
            now += TICK;
            for (String node : List.copyOf(nodes.keySet())) {
                Whereabouts.Due due = nodes.get(node).tick(now);
                due.announcements().forEach(this::say);
                due.news().forEach((room, news) -> {
                    if (room.equals(LOBBY)) {
                        toldLobby
                                .computeIfAbsent(node, name -> new ArrayList<>())
                                .add(news);
                    }
                });
                people.computeIfAbsent(node, name -> new HashSet<>()).addAll(due.people());
            }
        }
    }

    private void say(Announcement announcement) {
        said.add(announcement);
        if (!lost.test(announcement)) {
            nodes.values().forEach(each -> each.hear(announcement, now));
        }
    }

    private static List<String> names(Whereabouts node, RoomName room) {
        return node.roster().attendance(room, Integer.MAX_VALUE).people().stream()
                .map(person -> person.name() + (person.away() ? " away" : ""))
                .sorted()
                .toList();
    }

    private List<PresenceChanged> takeTold(String node) {
        List<PresenceChanged> told = toldLobby.remove(node);
        return told == null ? List.of() : told;
    }

    @Test
    void a_join_is_seen_on_the_other_node_within_a_second() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        pass(2);
        one.here().enter("tab", LOBBY, ANA);
        assertThat(names(one, LOBBY)).as("at once on its own node").containsExactly("Ana");
        pass(0.25);
        assertThat(names(two, LOBBY)).containsExactly("Ana");
        pass(0.25);
        assertThat(takeTold("two"))
                .containsExactly(new PresenceChanged(List.of(ANA), List.of(), List.of(), List.of(), 1));
        assertThat(two.roster().status("g-ana")).isEqualTo(Status.ACTIVE);
        assertThat(people.get("two")).containsExactly("g-ana");
    }

    @Test
    void two_tabs_count_once_and_the_last_one_leaves() {
        Whereabouts one = start("one");
        one.here().enter("tab 1", LOBBY, ANA);
        one.here().enter("tab 2", LOBBY, ANA);
        assertThat(one.roster().attendance(LOBBY, 200).count()).isEqualTo(1);
        pass(1);
        one.here().leave("tab 1", now);
        pass(10);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        one.here().leave("tab 2", now);
        pass(4);
        assertThat(names(one, LOBBY)).isEmpty();
        assertThat(takeTold("one"))
                .containsExactly(
                        new PresenceChanged(List.of(ANA), List.of(), List.of(), List.of(), 1),
                        new PresenceChanged(List.of(), List.of("g-ana"), List.of(), List.of(), 0));
        assertThat(one.roster().status("g-ana")).isEqualTo(Status.OFFLINE);
    }

    @Test
    void somebody_on_two_nodes_counts_once_and_nobody_is_told_of_the_second() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("tab 1", LOBBY, ANA);
        pass(2);
        takeTold("one");
        two.here().enter("tab 2", LOBBY, ANA);
        pass(2);
        assertThat(one.roster().attendance(LOBBY, 200).count()).isEqualTo(1);
        one.here().leave("tab 1", now);
        pass(5);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        assertThat(takeTold("one")).isEmpty();
        two.here().leave("tab 2", now);
        pass(5);
        assertThat(names(one, LOBBY)).isEmpty();
        assertThat(takeTold("one")).hasSize(1);
    }

    @Test
    void a_page_that_reloads_neither_leaves_nor_joins() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("before", LOBBY, ANA);
        pass(5);
        takeTold("one");
        takeTold("two");
        said.clear();
        one.here().leave("before", now);
        pass(2.5);
        one.here().enter("after", LOBBY, ANA);
        pass(10);
        assertThat(takeTold("one")).isEmpty();
        assertThat(takeTold("two")).isEmpty();
        assertThat(said).allSatisfy(each -> assertThat(each.news()).isInstanceOf(Beat.class));
    }

    @Test
    void a_page_that_reloads_by_way_of_another_node_neither_leaves_nor_joins() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("before", LOBBY, ANA);
        pass(5);
        takeTold("two");
        one.here().leave("before", now);
        pass(2);
        two.here().enter("after", LOBBY, ANA);
        pass(10);
        assertThat(takeTold("two")).isEmpty();
        assertThat(names(one, LOBBY)).containsExactly("Ana");
    }

    @Test
    void somebody_is_active_while_any_of_their_connections_is() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("tab 1", LOBBY, ANA);
        one.here().enter("tab 2", LOBBY, ANA);
        two.here().enter("tab 3", LOBBY, ANA);
        pass(2);
        one.here().away("tab 1", true);
        two.here().away("tab 3", true);
        pass(2);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        one.here().away("tab 2", true);
        takeTold("two");
        pass(2);
        assertThat(names(one, LOBBY)).containsExactly("Ana away");
        assertThat(two.roster().status("g-ana")).isEqualTo(Status.AWAY);
        assertThat(takeTold("two"))
                .containsExactly(new PresenceChanged(List.of(), List.of(), List.of("g-ana"), List.of(), 1));
        one.here().enter("tab 4", OPS, ANA);
        pass(2);
        assertThat(two.roster().status("g-ana")).as("active in another room").isEqualTo(Status.ACTIVE);
        two.here().away("tab 3", false);
        pass(2);
        assertThat(takeTold("two"))
                .containsExactly(new PresenceChanged(List.of(), List.of(), List.of(), List.of("g-ana"), 1));
    }

    @Test
    void who_leaves_while_away_is_away_until_the_seat_is_given_up() {
        Whereabouts one = start("one");
        one.here().enter("tab", LOBBY, ANA);
        one.here().away("tab", true);
        one.here().leave("tab", now);
        pass(1);
        assertThat(names(one, LOBBY)).containsExactly("Ana away");
        one.here().away("tab", false); // what a connection says after its end
        one.here().enter("reloaded", LOBBY, ANA);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        one.here().leave("reloaded", now);
        pass(3);
        assertThat(names(one, LOBBY)).isEmpty();
    }

    @Test
    void who_comes_back_under_another_name_is_told_as_coming_anew() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("before", LOBBY, ANA);
        pass(3);
        takeTold("two");
        User renamed = new User("g-ana", "Anna", true);
        one.here().leave("before", now);
        one.here().enter("after", LOBBY, renamed);
        pass(2);
        assertThat(names(two, LOBBY)).containsExactly("Anna");
        assertThat(takeTold("two"))
                .containsExactly(new PresenceChanged(List.of(renamed), List.of(), List.of(), List.of(), 1));
    }

    @Test
    void a_node_that_falls_silent_is_forgotten_within_15_seconds() {
        Whereabouts one = start("one");
        start("two").here().enter("tab", LOBBY, ANA);
        pass(5);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        takeTold("one");
        nodes.remove("two"); // kill -9
        pass(8);
        assertThat(names(one, LOBBY)).as("not hastily").containsExactly("Ana");
        pass(6);
        assertThat(takeTold("one"))
                .containsExactly(new PresenceChanged(List.of(), List.of("g-ana"), List.of(), List.of(), 0));
    }

    @Test
    void a_node_that_says_goodbye_is_forgotten_soon_and_those_who_come_back_elsewhere_have_not_left() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        two.here().enter("tab 1", LOBBY, ANA);
        two.here().enter("tab 2", LOBBY, BO);
        pass(5);
        takeTold("one");
        two.here().leave("tab 1", now);
        two.here().leave("tab 2", now);
        Announcement late = new Announcement("two", "first life", 99, new Beat());
        say(two.goodbye());
        assertThat(two.tick(now)).isEqualTo(Whereabouts.Due.NOTHING);
        nodes.remove("two");
        say(late);
        pass(1);
        one.here().enter("tab 3", LOBBY, ANA);
        pass(4);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        assertThat(takeTold("one"))
                .containsExactly(new PresenceChanged(List.of(), List.of("g-bo"), List.of(), List.of(), 1));
    }

    @Test
    void a_lost_change_is_noticed_by_the_next_heartbeat_and_made_good() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        pass(2);
        lost = announcement -> announcement.news() instanceof Changes;
        one.here().enter("tab", LOBBY, ANA);
        pass(1);
        assertThat(names(two, LOBBY)).isEmpty();
        lost = announcement -> false;
        pass(4);
        assertThat(names(two, LOBBY)).containsExactly("Ana");
    }

    @Test
    void changes_that_overtake_each_other_end_up_right() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        pass(2);
        lost = announcement -> announcement.news() instanceof Changes;
        said.clear();
        one.here().enter("tab", LOBBY, ANA);
        pass(0.25);
        one.here().away("tab", true);
        pass(0.25);
        one.here().away("tab", false);
        pass(0.25);
        lost = announcement -> false;
        List<Announcement> changes = said.stream()
                .filter(announcement -> announcement.news() instanceof Changes)
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(changes).hasSize(3);
        Collections.reverse(changes);
        changes.forEach(change -> two.hear(change, now));
        changes.forEach(change -> two.hear(change, now)); // and twice
        pass(2);
        assertThat(names(two, LOBBY)).containsExactly("Ana");
        assertThat(said.stream().filter(each -> each.news() instanceof Ask)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void an_old_change_that_comes_once_more_brings_nobody_back() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        pass(2);
        one.here().enter("tab", LOBBY, ANA);
        pass(1);
        Announcement old = said.stream()
                .filter(each -> each.news() instanceof Changes)
                .findFirst()
                .orElseThrow();
        one.here().leave("tab", now);
        pass(4);
        assertThat(names(two, LOBBY)).isEmpty();
        two.hear(old, now);
        assertThat(names(two, LOBBY)).isEmpty();
    }

    @Test
    void a_late_whole_state_does_not_undo_what_came_after_it() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("tab", LOBBY, ANA);
        pass(3);
        Announcement old = said.stream()
                .filter(each -> each.news() instanceof Whole && each.node().equals("one"))
                .findFirst()
                .orElseThrow();
        one.here().leave("tab", now);
        pass(4);
        assertThat(names(two, LOBBY)).isEmpty();
        two.hear(old, now);
        assertThat(names(two, LOBBY)).isEmpty();
    }

    @Test
    void a_node_that_was_started_anew_under_its_old_name_is_not_taken_for_what_it_was() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        two.here().enter("tab 1", LOBBY, ANA);
        two.here().enter("tab 2", LOBBY, BO);
        pass(3);
        takeTold("one");
        Whereabouts again = start("two", "second life");
        again.here().enter("tab 3", LOBBY, ANA);
        again.here().enter("tab 4", OPS, BO);
        pass(3);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        assertThat(names(one, OPS)).containsExactly("Bo");
        assertThat(takeTold("one"))
                .as("Ana has not left meanwhile")
                .containsExactly(new PresenceChanged(List.of(), List.of("g-bo"), List.of(), List.of(), 1));
    }

    @Test
    void a_node_that_starts_knows_within_seconds_who_was_there_before() {
        Whereabouts one = start("one");
        for (int i = 0; i < 2 * Whereabouts.PART + 1; i++) {
            one.here().enter("tab " + i, LOBBY, new User("g-" + i, "Guest " + i, true));
        }
        pass(10);
        said.clear();
        Whereabouts two = start("two");
        pass(2);
        assertThat(two.roster().attendance(LOBBY, 200).count()).isEqualTo(2 * Whereabouts.PART + 1);
        assertThat(two.roster().attendance(LOBBY, 200).people()).hasSize(200);
        assertThat(said.stream()
                        .filter(each ->
                                each.news() instanceof Whole && each.node().equals("one")))
                .hasSize(3)
                .allSatisfy(
                        each -> assertThat(((Whole) each.news()).seats()).hasSizeLessThanOrEqualTo(Whereabouts.PART));
    }

    @Test
    void a_whole_state_of_which_a_part_is_lost_is_asked_for_again() {
        Whereabouts one = start("one");
        for (int i = 0; i < Whereabouts.PART + 1; i++) {
            one.here().enter("tab " + i, LOBBY, new User("g-" + i, "Guest " + i, true));
        }
        pass(10);
        lost = announcement -> announcement.news() instanceof Whole whole && whole.part() == 1;
        Whereabouts two = start("two");
        pass(3);
        assertThat(two.roster().attendance(LOBBY, 0).count())
                .as("half a state is none")
                .isZero();
        lost = announcement -> false;
        pass(3);
        assertThat(two.roster().attendance(LOBBY, 0).count()).isEqualTo(Whereabouts.PART + 1);
    }

    @Test
    void when_the_bus_is_back_the_nodes_are_equal_within_seconds() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("tab 1", LOBBY, ANA);
        two.here().enter("tab 2", LOBBY, BO);
        pass(3);
        lost = announcement -> true;
        pass(20);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        one.here().enter("tab 3", OPS, ANA);
        pass(1);
        lost = announcement -> false;
        one.busIsBack();
        two.busIsBack();
        pass(1);
        assertThat(names(one, LOBBY)).containsExactly("Ana", "Bo");
        assertThat(names(two, LOBBY)).containsExactly("Ana", "Bo");
        assertThat(names(two, OPS)).containsExactly("Ana");
    }

    @Test
    void nothing_is_told_while_nobody_changes_but_a_heartbeat() {
        Whereabouts one = start("one");
        start("two");
        for (int i = 0; i < 1_000; i++) {
            one.here().enter("tab " + i, LOBBY, new User("g-" + i, "Guest " + i, true));
        }
        pass(10);
        said.clear();
        toldLobby.clear();
        pass(30);
        assertThat(toldLobby).isEmpty();
        assertThat(said).hasSize(20).allSatisfy(each -> assertThat(each.news()).isInstanceOf(Beat.class));
    }

    @Test
    void a_room_is_told_at_most_once_a_second_and_of_a_crowd_the_number() {
        Whereabouts one = start("one");
        for (int i = 0; i < 1_000; i++) {
            one.here().enter("tab " + i, LOBBY, new User("g-" + i, "Guest " + i, true));
            if (i % 100 == 0) {
                pass(0.25);
            }
        }
        pass(2);
        List<PresenceChanged> told = takeTold("one");
        assertThat(told).hasSizeBetween(3, 5);
        assertThat(told).allSatisfy(news -> assertThat(news.joined()).hasSizeLessThanOrEqualTo(200));
        assertThat(told.get(told.size() - 1).count()).isEqualTo(1_000);
    }

    @Test
    void typing_is_told_further_only_where_others_are_and_not_too_often() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("tab", LOBBY, ANA);
        pass(2);
        assertThat(one.typing(LOBBY, ANA)).as("nobody else is there").isEmpty();
        two.here().enter("tab 2", LOBBY, BO);
        pass(1);
        assertThat(one.typing(LOBBY, ANA)).isPresent();
        assertThat(one.here().types("tab", now)).isTrue();
        pass(2.5);
        assertThat(one.here().types("tab", now)).isFalse();
        pass(0.5);
        assertThat(one.here().types("tab", now)).isTrue();
        assertThat(one.here().types("unknown", now)).isFalse();
    }

    @Test
    void an_announcement_is_read_as_it_was_said() {
        Seat seat = new Seat(Optional.of(new RoomName("кухня")), ANA, true);
        Seat inNoRoom = new Seat(Optional.empty(), ANA, false);
        for (Announcement.News news : List.of(
                new Beat(),
                new Changes(6, List.of(seat, inNoRoom), List.of(seat.place(), inNoRoom.place())),
                new Whole(1, 2, List.of(seat)),
                new Ask("two"),
                new Announcement.Typing(LOBBY, BO),
                new Announcement.Goodbye())) {
            Announcement announcement = new Announcement("one", "a life", 7, news);
            String payload = announcement.toJson().build().toString();
            assertThat(Announcement.of(Announcement.read(payload))).isEqualTo(announcement);
        }
    }

    @Test
    void who_has_only_the_stream_of_their_rooms_open_is_online_and_in_none_of_them() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        two.here().enter("stream", ANA);
        pass(2);
        assertThat(one.roster().status("g-ana")).isEqualTo(Status.ACTIVE);
        assertThat(people.get("one")).containsExactly("g-ana");
        assertThat(toldLobby).isEmpty();
        Whereabouts late = start("late");
        pass(2);
        assertThat(late.roster().status("g-ana")).isEqualTo(Status.ACTIVE);
        two.here().leave("stream", now);
        pass(2);
        assertThat(one.roster().status("g-ana")).as("while a page loads").isEqualTo(Status.ACTIVE);
        pass(2);
        assertThat(one.roster().status("g-ana")).isEqualTo(Status.OFFLINE);
        assertThat(late.roster().status("g-ana")).isEqualTo(Status.OFFLINE);
    }

    @Test
    void who_is_away_in_all_rooms_is_away_whatever_stream_is_open() {
        Whereabouts one = start("one");
        Whereabouts two = start("two");
        one.here().enter("stream", ANA);
        two.here().enter("tab", LOBBY, ANA);
        two.here().away("tab", true);
        pass(1);
        assertThat(one.roster().status("g-ana")).isEqualTo(Status.AWAY);
        assertThat(two.roster().status("g-ana")).isEqualTo(Status.AWAY);
        two.here().leave("tab", now);
        pass(4);
        assertThat(one.roster().status("g-ana")).isEqualTo(Status.ACTIVE);
        assertThat(two.roster().status("g-ana")).isEqualTo(Status.ACTIVE);
    }

    @Test
    void nodes_without_a_common_database_know_who_is_in_open_rooms_of_each_other() {
        Whereabouts one = startAlone("one");
        Whereabouts two = startAlone("two");
        one.here().enter("tab 1", LOBBY, ANA);
        two.here().enter("tab 2", LOBBY, BO);
        pass(2);
        assertThat(names(one, LOBBY)).containsExactly("Ana", "Bo");
        assertThat(names(two, LOBBY)).containsExactly("Ana", "Bo");
        Announcement typing = one.typing(LOBBY, ANA).orElseThrow();
        assertThat(two.hear(typing, now)).isPresent();
        one.here().leave("tab 1", now);
        pass(4);
        assertThat(names(two, LOBBY)).containsExactly("Bo");
    }

    @Test
    void of_closed_rooms_conversations_and_streams_such_a_node_says_nothing() {
        Whereabouts one = startAlone("one");
        one.doors(Set.of(OPS), false);
        one.here().enter("tab 1", OPS, ANA);
        one.here().enter("tab 2", RoomName.ofTwo("u-ana", "u-bo"), ANA);
        one.here().enter("stream", ANA);
        Whereabouts two = startAlone("two");
        two.here().enter("tab 3", OPS, BO); // there it is open
        pass(4);
        assertThat(one.typing(OPS, ANA)).isEmpty();
        one.here().away("tab 1", true);
        pass(1);
        List.of("tab 1", "tab 2", "stream").forEach(gone -> one.here().leave(gone, now));
        pass(4);
        assertThat(said)
                .filteredOn(each -> each.node().equals("one"))
                .isNotEmpty()
                .extracting(each -> each.toJson().build().toString())
                .noneMatch(text -> text.contains("ops") || text.contains("@") || text.contains("g-ana"));
        assertThat(names(two, OPS)).containsExactly("Bo");
    }

    @Test
    void nobody_of_another_database_is_in_a_closed_room_or_types_there() {
        Whereabouts one = startAlone("one");
        one.doors(Set.of(OPS), false);
        one.here().enter("tab 1", OPS, ANA);
        Whereabouts two = startAlone("two");
        two.here().enter("tab 2", OPS, BO);
        pass(4);
        assertThat(names(one, OPS)).containsExactly("Ana");
        assertThat(one.roster().status("g-bo")).isEqualTo(Status.OFFLINE);
        Announcement typing = new Announcement("two", "first life", 1, new Announcement.Typing(OPS, BO));
        assertThat(one.hear(typing, now)).isEmpty();
    }

    @Test
    void a_room_that_is_closed_loses_those_of_other_databases_until_it_is_opened() {
        Whereabouts one = startAlone("one");
        Whereabouts two = startAlone("two");
        one.here().enter("tab 1", LOBBY, ANA);
        two.here().enter("tab 2", LOBBY, BO);
        two.here().enter("tab 3", LOBBY, new User("g-eva", "Eva", true));
        pass(3);
        takeTold("one");
        takeTold("two");
        one.doors(Set.of(LOBBY), false);
        assertThat(names(one, LOBBY)).as("at once").containsExactly("Ana");
        pass(1);
        assertThat(names(two, LOBBY)).containsExactly("Bo", "Eva");
        List<PresenceChanged> told = takeTold("one");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).left()).containsExactlyInAnyOrder("g-bo", "g-eva");
        assertThat(told.get(0).count()).isEqualTo(1);
        assertThat(takeTold("two"))
                .containsExactly(new PresenceChanged(List.of(), List.of("g-ana"), List.of(), List.of(), 2));
        two.here().leave("tab 3", now);
        pass(4);
        assertThat(names(one, LOBBY)).containsExactly("Ana");
        one.doors(Set.of(LOBBY), true);
        pass(1);
        assertThat(names(one, LOBBY)).containsExactly("Ana", "Bo");
        assertThat(names(two, LOBBY)).containsExactly("Ana", "Bo");
    }

    /** Whoever is welcomed with who is there and applies all that is told later knows who is there, whatever happens. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void three_nodes_and_everybody_who_listens_agree_after_any_trouble(long seed) {
        anyTrouble(new Random(seed), false);
    }

    /** The same of those who are there in the open, while the room is closed and opened here and there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void so_do_nodes_without_a_common_database_as_far_as_their_rooms_are_open(long seed) {
        anyTrouble(new Random(seed), true);
    }

    private void anyTrouble(Random random, boolean alone) {
        List<String> names = List.of("one", "two", "three");
        names.forEach(name -> start(name, "first life", alone));
        Set<String> closed = new HashSet<>(); // the nodes where the room is
        Map<String, String> open = new TreeMap<>(); // connection → node
        List<Listener> audience = new ArrayList<>();
        List<Announcement> held = new ArrayList<>();
        lost = announcement -> {
            int fate = random.nextInt(10);
            if (fate == 1) {
                held.add(announcement);
            }
            return fate <= 1;
        };
        for (int step = 0; step < 400; step++) {
            String node = names.get(random.nextInt(names.size()));
            Whereabouts whereabouts = nodes.get(node);
            int what = random.nextInt(8);
            if (what < 3) {
                String connection = "c" + step;
                User user = new User("g-" + random.nextInt(6), "Guest", true);
                whereabouts.here().enter(connection, LOBBY, user);
                open.put(connection, node);
            } else if (what < 5 && !open.isEmpty()) {
                String connection = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                nodes.get(open.remove(connection)).here().leave(connection, now);
            } else if (what == 5 && !open.isEmpty()) {
                String connection = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                nodes.get(open.get(connection)).here().away(connection, random.nextBoolean());
            } else if (what == 6 && !held.isEmpty()) {
                Announcement late = held.remove(random.nextInt(held.size()));
                nodes.values().forEach(each -> each.hear(late, now));
            } else if (what == 7 && random.nextInt(10) == 0) {
                start(node, "life " + step, alone).doors(Set.of(LOBBY), !closed.contains(node));
                open.values().removeIf(node::equals);
                audience.removeIf(listener -> listener.node.equals(node));
            }
            if (alone && random.nextInt(10) == 0) {
                boolean opened = closed.remove(node);
                if (!opened) {
                    closed.add(node);
                }
                nodes.get(node).doors(Set.of(LOBBY), opened);
            }
            if (random.nextInt(4) == 0) {
                String at = names.get(random.nextInt(names.size()));
                audience.add(new Listener(at, nodes.get(at).roster().attendance(LOBBY, 200)));
            }
            pass(random.nextInt(3) * 0.25);
            tell(audience);
        }
        lost = announcement -> false;
        pass(20);
        tell(audience);
        Map<String, Map<String, Boolean>> truth = new HashMap<>(); // by node
        for (String name : names) {
            truth.put(name, known(nodes.get(name).roster().attendance(LOBBY, 200)));
            Set<String> connected = names.stream()
                    .filter(other -> other.equals(name) || !closed.contains(name) && !closed.contains(other))
                    .flatMap(other -> nodes.get(other).here().seats().stream())
                    .map(seat -> seat.user().id())
                    .collect(Collectors.toSet());
            assertThat(truth.get(name).keySet()).isEqualTo(connected);
        }
        assertThat(names.stream()
                        .filter(name -> !closed.contains(name))
                        .map(truth::get)
                        .distinct())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(audience)
                .isNotEmpty()
                .allSatisfy(listener -> assertThat(listener.known).isEqualTo(truth.get(listener.node)));
    }

    private void tell(List<Listener> audience) {
        toldLobby.forEach((node, told) -> audience.stream()
                .filter(listener -> listener.node.equals(node))
                .forEach(listener -> told.forEach(listener::hear)));
        toldLobby.clear();
    }

    private static Map<String, Boolean> known(Attendance attendance) {
        return attendance.people().stream().collect(Collectors.toMap(Present::id, Present::away));
    }

    /** A client, as protocol.md wants it. */
    private static final class Listener {
        final String node;
        final Map<String, Boolean> known;

        Listener(String node, Attendance welcome) {
            this.node = node;
            this.known = new HashMap<>(known(welcome));
        }

        void hear(PresenceChanged news) {
            news.joined().forEach(user -> known.put(user.id(), false));
            news.left().forEach(known::remove);
            news.away().forEach(id -> known.replace(id, true));
            news.active().forEach(id -> known.replace(id, false));
        }
    }
}
