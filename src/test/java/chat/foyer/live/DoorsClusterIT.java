package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.TwoNodes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is done to a room on one node holds on the other, with Redis and without. */
class DoorsClusterIT extends TwoNodes { // Redis goes away last
    private static People people;
    private static Someone ana;
    private static Someone bo;
    private static Someone cleo;

    private final Rooms here = new Rooms(one());
    private final Rooms there = new Rooms(two());

    @BeforeAll
    static void begin() {
        people = People.of(one());
        ana = people.member("Ana");
        bo = people.member("Bo");
        cleo = people.member("Cleo");
    }

    private static String newRoom() {
        return "doors-" + UUID.randomUUID();
    }

    private static ChatClient rich(Someone who, String name) {
        ChatClient client = ChatClient.rich(two(), name, who.at(two()));
        client.nextEvents();
        return client;
    }

    @RepeatedTest(4)
    void a_conversation_that_both_begin_at_once_on_two_nodes_is_one_room() {
        Someone dan = people.member("Dan");
        CompletableFuture<String> ofAna = CompletableFuture.supplyAsync(() -> here.direct(ana, dan));
        CompletableFuture<String> ofDan = CompletableFuture.supplyAsync(() -> there.direct(dan, ana));
        String name = ofAna.join();
        assertThat(ofDan.join()).isEqualTo(name);
        try (ChatClient anaTalks = ChatClient.plain(one(), name, ana.at(one()));
                ChatClient danTalks = ChatClient.plain(two(), name, dan.at(two()))) {
            anaTalks.says("you first");
            danTalks.hears("you first");
            danTalks.says("no, you");
            anaTalks.hears("you first", "no, you");
        }
    }

    @Test
    void doors_cut_on_the_other_node_within_a_second() {
        everythingCutsWithin(Duration.ofSeconds(1), "with Redis");
    }

    @Test
    void without_redis_doors_cut_within_two_seconds() {
        loseRedis();
        everythingCutsWithin(Duration.ofSeconds(2), "without Redis");
    }

    private void everythingCutsWithin(Duration limit, String circumstances) {
        assertWithin(limit, () -> removalCuts(circumstances));
        assertWithin(limit, () -> closingCuts(circumstances));
        assertWithin(limit, () -> aClosedRoomCutsWhoWaitsForIt(circumstances));
    }

    private Duration removalCuts(String circumstances) {
        String room = newRoom();
        here.close(ana, room, bo, cleo);
        try (ChatClient talks = ChatClient.rich(one(), room, ana.at(one()));
                ChatClient stays = rich(cleo, room);
                ChatClient goes = rich(bo, room);
                ChatClient goesPlain = ChatClient.plain(two(), room, bo.at(two()))) {
            talks.nextEvents();
            talks.says("before");
            goes.hears("before");
            goesPlain.hears("before");
            here.remove(ana, room, bo);
            long start = System.nanoTime(); // it is committed, and whoever did it knows
            talks.says("after");
            Duration time = timeToCut("removed " + circumstances, 4505, start, goes, goesPlain);
            stays.hears("before", "after");
            assertThat(goes.nextEvent().getString("note")).isEqualTo("removed");
            assertThat(goes.unread() + goesPlain.unread()).isZero();
            return time;
        }
    }

    private Duration closingCuts(String circumstances) {
        String name = newRoom();
        here.make(ana, name, "open");
        try (ChatClient goes = rich(bo, name);
                ChatClient guest = ChatClient.plain(two(), name)) {
            here.change(ana, name, "kind", "closed");
            long start = System.nanoTime();
            return timeToCut("closed " + circumstances, 4409, start, goes, guest);
        }
    }

    private Duration aClosedRoomCutsWhoWaitsForIt(String circumstances) {
        String name = newRoom();
        try (ChatClient goes = rich(bo, name);
                ChatClient guest = ChatClient.plain(two(), name)) {
            here.make(ana, name, "closed");
            long start = System.nanoTime();
            return timeToCut("made and closed " + circumstances, 4409, start, goes, guest);
        }
    }

    private static Duration timeToCut(String what, int code, long start, ChatClient... clients) {
        for (ChatClient client : clients) {
            assertThat(client.isSentAway().code()).isEqualTo(code);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(what + ": cut on the other node after " + time.toMillis() + " ms");
        return time;
    }
}
