package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.TwoNodes;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * People are removed from closed rooms, again and again, while others talk there on two nodes all the time.
 *
 * <p>Invariant: let n be the number of the note by which somebody is removed. No connection of theirs is told anything with
 * a number above n, on either node or wire, whether it listens, has asked for history, or is just arriving with a cursor;
 * up to its end it has missed nothing. Who stays is told every number, once and in order.
 */
class RemovalIT extends TwoNodes {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int ROOMS = 4;
    private static final int LEAVERS = 3; // of each room

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean over; // also when something has failed
    private Someone ana;

    /** How many removals there are to be; {@link RemovalFaults} takes more time. */
    int wanted() {
        return 100;
    }

    /**
     * One connection of somebody who was removed for the n-th time.
     *
     * @param after the number from which on it wanted to hear everything
     * @param events what it was told on the rich wire
     * @param texts what it was told on the plain one
     */
    private record Visit(String person, int nth, long after, List<JsonObject> events, List<String> texts) {}

    @Test
    void who_is_removed_hears_nothing_later_and_who_stays_hears_everything() {
        People people = People.of(one());
        ana = people.member("Ana");
        List<Talk> talks = IntStream.range(0, ROOMS)
                .mapToObj(i -> new Talk(IntStream.range(0, LEAVERS)
                        .mapToObj(leaver -> people.member("Leaver"))
                        .toList()))
                .toList();
        try {
            long start = System.nanoTime();
            forEachAtOnce(talks, talk -> talk.goOn(start));
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            int removals = talks.stream().mapToInt(Talk::judge).sum();
            System.out.printf(
                    "%d removals among %d messages in %d s%n",
                    removals,
                    talks.stream().mapToInt(talk -> talk.told.texts().size()).sum(),
                    time.toSeconds());
            assertThat(removals).as("removals in time").isEqualTo(wanted());
        } finally {
            over = true;
            threads.shutdown();
        }
    }

    private <T> void forEachAtOnce(List<T> all, Consumer<T> task) {
        all.stream().map(each -> inBackground(() -> task.accept(each))).toList().forEach(CompletableFuture::join);
    }

    private CompletableFuture<Void> inBackground(Runnable task) {
        return CompletableFuture.runAsync(task, threads).whenComplete((nothing, failure) -> {
            if (failure != null) {
                over = true;
            }
        });
    }

    /** What goes on in one room. */
    private final class Talk {
        private final String room = "removal-" + UUID.randomUUID();
        private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
        private final List<Someone> leavers;
        private volatile boolean ends;
        private Told told;

        Talk(List<Someone> leavers) {
            this.leavers = leavers;
        }

        void goOn(long start) {
            new Rooms(one()).close(ana, room);
            try (ChatClient stays = ChatClient.rich(one(), room, ana.at(one()));
                    ChatClient staysToo = ChatClient.rich(two(), room, ana.at(two()));
                    ChatClient staysPlain = ChatClient.plain(two(), room, ana.at(two()));
                    ChatClient writer = ChatClient.plain(one(), room, ana.at(one()));
                    ChatClient writerToo = ChatClient.plain(two(), room, ana.at(two()))) {
                CompletableFuture<Void> writing = inBackground(() -> write(writer, "one"));
                CompletableFuture<Void> writingToo = inBackground(() -> write(writerToo, "two"));
                forEachAtOnce(leavers, person -> leaveAgainAndAgain(person, start));
                ends = true;
                writing.join();
                writingToo.join();
                try (ChatClient last = ChatClient.plain(one(), room, ana.at(one()))) {
                    last.says("the end");
                }
                told = Told.of(everything(stays));
                assertThat(everything(staysToo)).isEqualTo(told.events());
                assertThat(staysPlain.hears(told.texts().size())).isEqualTo(told.texts());
            }
        }

        /** It came before the first removal, since who arrives during one may be asked to come again. */
        private void write(ChatClient writer, String name) {
            for (int i = 0; !ends && !over; i++) {
                String text = name + " " + i;
                writer.says(text);
                writer.hearsAtLast(text);
            }
        }

        private void leaveAgainAndAgain(Someone person, long start) {
            for (int nth = 0; mayGoOn(start); nth++) {
                comeAndBeRemoved(person, nth, nth % 2 == 0 ? one() : two(), nth % 2 == 0 ? two() : one());
            }
        }

        private boolean mayGoOn(long start) {
            return !over && System.nanoTime() - start < LIMIT.toNanos() && begun.getAndIncrement() < wanted();
        }

        /** On three connections: one on each wire that listens, and one that arrives in the very moment of the removal. */
        private void comeAndBeRemoved(Someone person, int nth, Node here, Node there) {
            new Rooms(here).invite(ana, room, person);
            try (ChatClient rich = entered(() -> ChatClient.rich(here, room, person.at(here)));
                    ChatClient plain = entered(() -> ChatClient.plain(there, room, person.at(there)))) {
                List<JsonObject> events = new ArrayList<>(rich.nextEvents());
                JsonObject welcome = events.get(0);
                long head = welcome.getInt("seq");
                rich.asks("backlog.fetch");
                CompletableFuture<ChatClient> arriving = CompletableFuture.supplyAsync(
                        () -> ChatClient.resuming(there, room, welcome.getString("epoch"), head, person.at(there)),
                        threads);
                new Rooms(there).remove(ana, room, person);
                assertThat(here.get("api/v1/rooms/" + room + "/messages", person.at(here))
                                .statusCode())
                        .isEqualTo(404);
                try (ChatClient late = arriving.join()) {
                    assertThat(rich.isSentAway().code()).isEqualTo(4505);
                    assertThat(plain.isSentAway().code()).isEqualTo(4505);
                    assertThat(late.isSentAway().code()).isIn(4504, 4505, 4409); // removed before, since, or perhaps
                    events.addAll(rest(rich));
                    visits.add(new Visit(person.id(), nth, head, events, List.of()));
                    visits.add(new Visit(person.id(), nth, head, rest(late), List.of()));
                    visits.add(new Visit(person.id(), nth, head, List.of(), plain.hears(plain.unread())));
                }
            }
        }

        /** How many removals there were. */
        int judge() {
            assertThat(numbers(told.events()))
                    .as("what the one who stayed was told")
                    .isEqualTo(consecutive(
                            numbers(told.events()), numbers(told.events()).get(0)));
            int removals = told.ends().values().stream().mapToInt(List::size).sum();
            assertThat(visits).hasSize(3 * removals);
            for (Visit visit : visits) {
                long end = told.ends().get(visit.person()).get(visit.nth());
                List<Long> numbers = numbers(visit.events());
                assertThat(numbers).as("without a hole").isEqualTo(consecutive(numbers, visit.after() + 1));
                assertThat(numbers).as("none after the removal").allMatch(number -> number <= end);
                assertThat(history(visit.events())).as("nor in the history").allMatch(number -> number <= end);
                assertThat(visit.texts()).allMatch(text -> told.numbers().get(text) <= end);
                if (!visit.texts().isEmpty()) {
                    int first = told.texts().indexOf(visit.texts().get(0));
                    assertThat(visit.texts())
                            .as("without a hole")
                            .isEqualTo(told.texts()
                                    .subList(first, first + visit.texts().size()));
                }
            }
            return removals;
        }
    }

    /** Who arrives while somebody else is removed may be asked to come again. */
    private static ChatClient entered(Supplier<ChatClient> knocks) {
        ChatClient client = knocks.get();
        while (!client.hearsAnything()) {
            assertThat(client.isSentAway().code()).isEqualTo(4409);
            client.close();
            client = knocks.get();
        }
        return client;
    }

    private static List<JsonObject> rest(ChatClient client) {
        List<JsonObject> events = new ArrayList<>();
        while (client.unread() > 0) {
            events.addAll(client.nextEvents());
        }
        return events;
    }

    private static List<JsonObject> everything(ChatClient client) {
        List<JsonObject> events = new ArrayList<>();
        do {
            events.addAll(client.nextEvents());
        } while (!events.get(events.size() - 1).getString("body", "").equals("the end"));
        return events.subList(1, events.size()); // without the welcome
    }

    /**
     * What somebody was told who stayed.
     *
     * @param texts of the messages, in order
     * @param numbers of the messages by their texts
     * @param ends the numbers of the notes by which each person was removed
     */
    private record Told(
            List<JsonObject> events, List<String> texts, Map<String, Long> numbers, Map<String, List<Long>> ends) {
        static Told of(List<JsonObject> events) {
            Told told = new Told(events, new ArrayList<>(), new HashMap<>(), new HashMap<>());
            for (JsonObject event : events) {
                long number = event.getInt("seq");
                if (event.getString("type").equals("message.posted")) {
                    told.texts.add(event.getString("body"));
                    told.numbers.put(event.getString("body"), number);
                } else if (event.getString("note").equals("removed")) {
                    String person = event.getJsonObject("subject").getString("id");
                    told.ends.computeIfAbsent(person, id -> new ArrayList<>()).add(number);
                }
            }
            return told;
        }
    }

    private static List<Long> consecutive(List<Long> numbers, long first) {
        return LongStream.range(first, first + numbers.size()).boxed().toList();
    }

    /** Those of what was told as it happened. */
    private static List<Long> numbers(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.containsKey("rev"))
                .map(event -> (long) event.getInt("rev"))
                .toList();
    }

    private static List<Long> history(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.getString("type").equals("backlog.page"))
                .flatMap(page -> page.getJsonArray("messages").getValuesAs(JsonObject.class).stream())
                .map(message -> (long) message.getInt("seq"))
                .toList();
    }
}
