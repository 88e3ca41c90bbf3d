package chat.foyer.testing;

import chat.foyer.testing.checker.ClientLog;
import chat.foyer.testing.checker.ClientLog.Answer;
import chat.foyer.testing.checker.ClientLog.Said;
import chat.foyer.testing.checker.ClientLog.Visit;
import chat.foyer.testing.checker.Entry;
import chat.foyer.user.Guests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A client of {@code foyer.v1} that behaves like the page: when its connection ends it comes back after a random,
 * growing pause, at the next node, with its cursor, and sends again what was not answered; what the server refuses for
 * now it tries again. It logs everything for the checker. Thread-safe.
 *
 * <p>Invariant, under the lock: only {@link #link}, the latest connection, changes anything; what an earlier one still
 * says is ignored.
 */
public final class ResumingClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "resuming-clients");
        thread.setDaemon(true);
        return thread;
    });
    private static final ConcurrentHashMap<Entry, Entry> TOLD = new ConcurrentHashMap<>();
    private static final long FIRST_PAUSE_MILLIS = 500; // these four as in backoff.js and connection.js
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PATIENCE_MILLIS = 10_000;
    private static final Set<String> TEMPORARY = Set.of("rate", "busy", "unavailable");

    /** From when until when, in {@code System.nanoTime()}. */
    public record Span(long from, long to) {
        public double millis() {
            return (to - from) / 1e6;
        }
    }

    private static final class Draft {
        final String body;
        final long saidNanos;
        boolean sent;
        int tries;

        Draft(String body, long saidNanos) {
            this.body = body;
            this.saidNanos = saidNanos;
        }
    }

    private final String name;
    private final String room;
    private final List<Node> nodes;
    private final String secret = Guests.newSecret();

    private final Map<String, Draft> unanswered = new LinkedHashMap<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<VisitLog> visits = new ArrayList<>();
    private final List<Span> echoes = new ArrayList<>();
    private final List<Span> deliveries = new ArrayList<>();
    private final List<Span> outages = new ArrayList<>();
    private final List<String> goodbyes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private int nextNode;
    private int attempts;
    private int failures;
    private long liveSince;
    private long lostAt;
    private String author = "";
    private String epoch;
    private long cursor = -1; // unknown before the first welcome
    private long known = -1; // the highest number heard of, be it only in a confirmation
    private Link link;
    private ScheduledFuture<?> timer;
    private int mostTries;
    private boolean pausing;
    private Duration pace = Duration.ZERO; // null while nothing is read
    private WebSocket held; // wants to read on
    private boolean closed;

    /** What a connection was told, while it lasts. */
    private static final class VisitLog {
        long after;
        OptionalLong resync = OptionalLong.empty();
        final List<Entry> seen = new ArrayList<>();
    }

    /** @param nodes where it may connect to, the first of them first */
    public ResumingClient(String name, String room, List<Node> nodes) {
        this.name = name;
        this.room = room;
        this.nodes = List.copyOf(nodes);
    }

    /** Begins to connect. */
    public synchronized ResumingClient open() {
        lostAt = System.nanoTime();
        connect();
        return this;
    }

    private synchronized void connect() {
        if (closed) {
            return;
        }
        Node node = nodes.get(nextNode++ % nodes.size());
        String query = epoch == null ? "" : "?epoch=" + epoch + "&after=" + cursor;
        Link fresh = new Link();
        link = fresh;
        timer = CLOCK.schedule(() -> lost(fresh, "no welcome"), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofMillis(PATIENCE_MILLIS))
                .header("Cookie", "foyer_guest=" + secret)
                .header("Origin", node.origin())
                .subprotocols("foyer.v1")
                .buildAsync(node.socket("ws/chat/" + ChatClient.encode(room) + "/" + query), fresh)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        lost(fresh, String.valueOf(failure.getMessage()));
                    }
                });
    }

    private final class Link implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final VisitLog visit = new VisitLog();
        private WebSocket socket;
        private final Queue<String> outgoing = new ArrayDeque<>(); // the first is being sent
        private boolean welcomed;

        @Override
        public void onOpen(WebSocket opened) {
            synchronized (ResumingClient.this) {
                socket = opened;
                if (link != this) {
                    opened.abort();
                }
            }
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received(this, text.toString());
                text.setLength(0);
            }
            readOn(webSocket);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer payload) {
            readOn(webSocket);
            return null; // the JDK answers by itself
        }

        private void readOn(WebSocket webSocket) {
            synchronized (ResumingClient.this) {
                if (pace == null) {
                    held = webSocket;
                } else if (pace.isZero()) {
                    webSocket.request(1);
                } else {
                    CLOCK.schedule(() -> webSocket.request(1), pace.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            lost(this, code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            lost(this, String.valueOf(error.getMessage()));
        }

        /**
         * One at a time, since the socket of the JDK refuses a text while it sends another; and each from a fresh stack,
         * since thousands may wait when the connection breaks. Called under the lock.
         */
        void send(String frame) {
            outgoing.add(frame);
            if (outgoing.size() == 1) {
                sendNext();
            }
        }

        private void sendNext() {
            socket.sendText(outgoing.element(), true).whenCompleteAsync((sent, failure) -> sent(failure), CLOCK);
        }

        private void sent(Throwable failure) {
            synchronized (ResumingClient.this) {
                outgoing.remove();
                if (failure != null) { // or what was not sent would wait for an answer for ever
                    lost(this, "could not send: " + failure);
                } else if (!outgoing.isEmpty() && link == this) {
                    sendNext();
                }
            }
        }
    }

    private synchronized void received(Link from, String text) {
        if (from != link) {
            return;
        }
        long now = System.nanoTime();
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            reader.readArray().stream().map(JsonValue::asJsonObject).forEach(event -> take(from, event, now));
        }
        if (text.startsWith("[{\"type\":\"welcome\"")) {
            flush();
        }
    }

    private void take(Link from, JsonObject event, long now) {
        switch (event.getString("type")) {
            case "welcome" -> welcome(from, event, now);
            case "message.posted", "message.edited", "message.deleted", "room.noted" -> seen(from, event, now);
            case "message.confirmed" -> answered(event, now);
            case "resync" -> {
                long head = event.getJsonNumber("head").longValue();
                from.visit.resync = OptionalLong.of(head);
                cursor = Math.max(cursor, head);
            }
            case "failed" -> failed(event);
            case "presence.changed", "typing.started" -> {} // has no number, and may be missed
            default -> complaints.add("an event of no known type: " + event);
        }
    }

    private void welcome(Link from, JsonObject event, long now) {
        timer.cancel(false);
        from.welcomed = true;
        liveSince = now;
        outages.add(new Span(lostAt, now));
        author = event.getJsonObject("you").getString("id");
        long seq = event.getJsonNumber("seq").longValue();
        String other = event.getString("epoch");
        if (epoch != null && !epoch.equals(other)) {
            complaints.add("another database: " + event);
        }
        epoch = other;
        if (cursor < 0) {
            cursor = seq;
        }
        from.visit.after = cursor;
        visits.add(from.visit);
    }

    private void seen(Link from, JsonObject event, long now) {
        Entry entry = entry(event);
        from.visit.seen.add(entry);
        cursor = Math.max(cursor, entry.rev());
        boolean posted = event.getString("type").equals("message.posted");
        if (posted && entry.author().equals(author)) {
            answered(event, now);
        } else if (posted) {
            long said = Long.parseLong(entry.body().substring(entry.body().lastIndexOf('@') + 1));
            deliveries.add(new Span(said, now));
        }
    }

    /** The same object for everybody who was told the same. */
    private static Entry entry(JsonObject event) {
        Entry entry = new Entry(
                event.getJsonNumber("seq").longValue(),
                event.getJsonNumber("rev").longValue(),
                event.getString("id"),
                event.getJsonObject("author").getString("id"),
                event.getString("ref", ""),
                event.getString("body", ""));
        return TOLD.computeIfAbsent(entry, same -> same);
    }

    private void answered(JsonObject event, long now) {
        String ref = event.getString("ref");
        answers.add(new Answer(
                ref, event.getString("id"), event.getJsonNumber("seq").longValue()));
        known = Math.max(known, event.getJsonNumber("rev").longValue());
        failures = 0;
        Draft draft = unanswered.remove(ref);
        if (draft != null) {
            echoes.add(new Span(draft.saidNanos, now));
        }
    }

    private void failed(JsonObject event) {
        String ref = event.getString("ref", "");
        boolean temporary = TEMPORARY.contains(event.getString("code"));
        Draft draft = unanswered.get(ref);
        if (draft == null
                && temporary
                && answers.stream().anyMatch(answer -> answer.ref().equals(ref))) {
            return; // it was sent at two nodes: one refuses it for now, and the other has stored it meanwhile
        }
        if (draft == null || !temporary) {
            complaints.add("refused for good: " + event);
            return;
        }
        draft.sent = false;
        if (!pausing) {
            pausing = true;
            long pause = event.containsKey("retryAfter") ? event.getInt("retryAfter") : jitter(failures++);
            CLOCK.schedule(this::resume, pause, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void resume() {
        pausing = false;
        flush();
    }

    private void flush() {
        Link live = link;
        if (live == null || !live.welcomed || pausing) {
            return;
        }
        unanswered.forEach((ref, draft) -> {
            if (!draft.sent && live == link) { // it may break in the midst of this
                draft.sent = true;
                mostTries = Math.max(mostTries, ++draft.tries);
                live.send(Json.createObjectBuilder()
                        .add("type", "message.post")
                        .add("ref", ref)
                        .add("body", draft.body)
                        .build()
                        .toString());
            }
        });
    }

    private synchronized void lost(Link which, String reason) {
        if (which != link) {
            return;
        }
        long now = System.nanoTime();
        goodbyes.add(reason);
        timer.cancel(false);
        link = null;
        unanswered.values().forEach(draft -> draft.sent = false);
        if (which.welcomed) {
            lostAt = now;
            if (now - liveSince > STABLE_NANOS) {
                attempts = 0;
            }
        }
        if (!closed) {
            timer = CLOCK.schedule(this::connect, jitter(attempts++), TimeUnit.MILLISECONDS);
        }
        abort(which);
    }

    private void abort(Link which) {
        try {
            if (which.socket != null) {
                which.socket.abort();
            }
        } catch (RuntimeException | Error e) { // whatever the JDK makes of a broken connection, the client comes back
            System.out.println(name + " could not abort: " + e);
            e.printStackTrace(System.out);
        }
    }

    private static long jitter(int attempts) {
        long cap = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts, 10));
        return ThreadLocalRandom.current().nextLong(cap);
    }

    /** Says this, now or as soon as there is a connection, until it is answered. */
    public synchronized void says(String text) {
        String ref = UUID.randomUUID().toString();
        long now = System.nanoTime();
        String body = text + " @" + now;
        said.add(new Said(ref, body));
        unanswered.put(ref, new Draft(body, now));
        flush();
    }

    /** Reads one frame, be it a ping, and waits this long before the next. */
    public synchronized void readsSlowly(Duration pause) {
        pace = pause;
    }

    /** Reads nothing any more, not even pings. */
    public synchronized void stopsReading() {
        pace = null;
    }

    /** Reads as fast as it can again. */
    public synchronized void readsOn() {
        pace = Duration.ZERO;
        if (held != null) {
            held.request(1);
            held = null;
        }
    }

    public String room() {
        return room;
    }

    /** What is known of what the server has not answered, for people who look for the reason. */
    public synchronized String waiting() {
        StringBuilder text = new StringBuilder(name + ": live " + isLive() + ", pausing " + pausing + ", goodbyes "
                + goodbyes.subList(Math.max(0, goodbyes.size() - 2), goodbyes.size()));
        unanswered.forEach((ref, draft) -> text.append(' ')
                .append(ref)
                .append(draft.sent ? " sent" : " unsent")
                .append(draft.tries));
        return text.toString();
    }

    /** How many refs the server has not answered yet. */
    public synchronized int unanswered() {
        return unanswered.size();
    }

    /** The highest number seen; -1 before the first welcome. */
    public synchronized long cursor() {
        return cursor;
    }

    /** The highest number heard of, be it only in a confirmation. */
    public synchronized long known() {
        return Math.max(known, cursor);
    }

    public synchronized boolean isLive() {
        return link != null && link.welcomed;
    }

    /** From saying to being answered, for everything answered so far. */
    public synchronized List<Span> echoes() {
        return List.copyOf(echoes);
    }

    /** From somebody else's saying to being told. */
    public synchronized List<Span> deliveries() {
        return List.copyOf(deliveries);
    }

    /** From losing a connection, or opening the first, to the next welcome. */
    public synchronized List<Span> outages() {
        return List.copyOf(outages);
    }

    /** How often the message was sent that was sent most often. */
    public synchronized int mostTries() {
        return mostTries;
    }

    /** Why connections and attempts ended. */
    public synchronized List<String> goodbyes() {
        return List.copyOf(goodbyes);
    }

    /** What the server said that no client should hear. */
    public synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What the checker needs to know. */
    public synchronized ClientLog log() {
        List<Visit> all = visits.stream()
                .map(visit -> new Visit(visit.after, visit.resync, List.copyOf(visit.seen)))
                .toList();
        return new ClientLog(name, author, List.copyOf(said), List.copyOf(answers), all);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (link != null && link.socket != null) {
            link.socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            link.socket.abort();
        }
    }
}
