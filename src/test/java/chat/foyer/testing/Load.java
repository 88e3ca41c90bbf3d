package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ResumingClient.Span;
import chat.foyer.testing.checker.Checker;
import chat.foyer.testing.checker.ClientLog;
import chat.foyer.testing.checker.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A crowd of {@link ResumingClient}s that talk in some rooms while something breaks. For one thread. */
public final class Load implements AutoCloseable {
    private final ScheduledExecutorService speech = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, List<ResumingClient>> rooms = new LinkedHashMap<>();
    private final List<ScheduledFuture<?>> speaking = new ArrayList<>();
    private volatile boolean silent;

    /** Adds a room; each list of nodes is one client's, in the order in which it tries them. */
    public List<ResumingClient> room(String name, List<List<Node>> clients) {
        return join(name + "-" + UUID.randomUUID(), clients);
    }

    /** Adds clients to the room of these. */
    public List<ResumingClient> join(List<ResumingClient> others, List<List<Node>> clients) {
        return join(others.get(0).room(), clients);
    }

    private List<ResumingClient> join(String room, List<List<Node>> clients) {
        List<ResumingClient> all = rooms.computeIfAbsent(room, name -> new ArrayList<>());
        List<ResumingClient> added = new ArrayList<>();
        for (List<Node> nodes : clients) {
            added.add(new ResumingClient(
                            room.substring(0, room.indexOf('-')) + " " + (all.size() + added.size()), room, nodes)
                    .open());
        }
        all.addAll(added);
        await("clients in " + room)
                .atMost(Duration.ofSeconds(60))
                .until(() -> added.stream().allMatch(ResumingClient::isLive));
        return added;
    }

    /** Clients of two nodes by turns, each of which goes to the other node when its own is gone. */
    public static List<List<Node>> byTurns(int clients, Node one, Node two) {
        List<List<Node>> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(i % 2 == 0 ? List.of(one, two) : List.of(two, one));
        }
        return all;
    }

    /** Clients of one node only. */
    public static List<List<Node>> at(int clients, Node node) {
        return new ArrayList<>(java.util.Collections.nCopies(clients, List.of(node)));
    }

    /** Each of these says something so many times a second, until {@link #settle}. */
    public void speak(List<ResumingClient> clients, double perSecond) {
        speak(clients, perSecond, "line");
    }

    /** Each of these says something long so many times a second, until {@link #settle}. */
    public void speakAtLength(List<ResumingClient> clients, double perSecond) {
        speak(clients, perSecond, "a long line ".repeat(300));
    }

    private void speak(List<ResumingClient> clients, double perSecond, String text) {
        long period = (long) (1e9 / perSecond);
        for (int i = 0; i < clients.size(); i++) {
            ResumingClient client = clients.get(i);
            speaking.add(speech.scheduleAtFixedRate(
                    () -> {
                        if (!silent) {
                            client.says(text);
                        }
                    },
                    period * i / clients.size(),
                    period,
                    TimeUnit.NANOSECONDS));
        }
    }

    public List<ResumingClient> clients() {
        return rooms.values().stream().flatMap(List::stream).toList();
    }

    /** How many refs were answered so far. */
    public long answered() {
        return clients().stream().mapToLong(client -> client.echoes().size()).sum();
    }

    /** Goes on for so long. */
    public void run(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().pollInterval(Duration.ofMillis(20)).atMost(time.plusSeconds(5)).until(() -> System.nanoTime() >= end);
    }

    /** Goes on for so long, and tells from when until when that was. */
    public Span during(Duration time) {
        long from = System.nanoTime();
        run(time);
        return new Span(from, System.nanoTime());
    }

    /** Falls silent and waits until everything was answered and everybody knows everything, or the time is over. */
    public Load settle(Duration patience) {
        silent = true;
        speaking.forEach(turn -> turn.cancel(false));
        try {
            await("an answer for every ref and the same number for every client")
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(20))
                    .until(this::isSettled);
        } catch (org.awaitility.core.ConditionTimeoutException late) {
            // the checker says what is missing
            clients().stream()
                    .filter(client -> client.unanswered() > 0)
                    .forEach(client -> System.out.println("not answered: " + client.waiting()));
        }
        return this;
    }

    private boolean isSettled() {
        return rooms.values().stream().allMatch(clients -> {
            long last = clients.stream().mapToLong(ResumingClient::known).max().orElse(0);
            return clients.stream()
                    .allMatch(client -> client.isLive() && client.unanswered() == 0 && client.cursor() == last);
        });
    }

    /** Judges all rooms against this database. */
    public Verdict judge(StoredMessages database) {
        assertThat(clients().stream().flatMap(client -> client.complaints().stream()))
                .as("what no client should hear")
                .isEmpty();
        Verdict verdict = Verdict.none();
        for (Map.Entry<String, List<ResumingClient>> room : rooms.entrySet()) {
            List<ClientLog> logs =
                    room.getValue().stream().map(ResumingClient::log).toList();
            verdict = verdict.and(Checker.judge(logs, database.of(room.getKey())));
        }
        return verdict;
    }

    /**
     * How long after this moment the node stores a message again. Asks every tenth of a second, as the clients may be in
     * the middle of a long pause.
     */
    public static double millisToStored(Node node, long since) {
        await("a message stored by " + node.root())
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(() -> node.post(
                                        "api/v1/rooms/probe/messages",
                                        "{\"message\":\"stored?\"}",
                                        "Idempotency-Key",
                                        UUID.randomUUID().toString())
                                .statusCode()
                        == 201);
        return (System.nanoTime() - since) / 1e6;
    }

    /** The longest that anybody was without a connection, of the outages that ended after this moment. */
    public double longestOutageMillis(long since) {
        return outages(since).stream().mapToDouble(Span::millis).max().orElse(0);
    }

    /** The outages that ended after this moment. */
    public List<Span> outages(long since) {
        return clients().stream()
                .flatMap(client -> client.outages().stream())
                .filter(outage -> outage.to() > since)
                .toList();
    }

    /** How long after this moment the last of these was told of what had been acknowledged before it. */
    public double backlogMillis(List<ResumingClient> listeners, long moment) {
        Set<Long> acknowledged = clients().stream()
                .flatMap(client -> client.echoes().stream())
                .filter(echo -> echo.to() < moment)
                .map(Span::from)
                .collect(Collectors.toSet());
        return listeners.stream()
                .flatMap(client -> client.deliveries().stream())
                .filter(delivery -> delivery.to() > moment && acknowledged.contains(delivery.from()))
                .mapToDouble(delivery -> (delivery.to() - moment) / 1e6)
                .max()
                .orElse(0);
    }

    /** A percentile, in milliseconds, of what these clients measured of things said within this span. */
    public static double percentile(
            double percent, List<ResumingClient> clients, Function<ResumingClient, List<Span>> measure, Span within) {
        double[] millis = clients.stream()
                .flatMap(client -> measure.apply(client).stream())
                .filter(span -> span.from() >= within.from() && span.from() < within.to())
                .mapToDouble(Span::millis)
                .sorted()
                .toArray();
        return millis.length == 0
                ? Double.NaN
                : millis[(int) Math.min(millis.length - 1, Math.ceil(millis.length * percent / 100) - 1)];
    }

    /** How connections ended, each reason with its count. */
    public String goodbyes() {
        Map<String, Long> counted = clients().stream()
                .flatMap(client -> client.goodbyes().stream())
                .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
        return counted.toString();
    }

    @Override
    public void close() {
        speech.shutdownNow();
        clients().forEach(ResumingClient::close);
    }
}
