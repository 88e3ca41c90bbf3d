package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Somebody at a chat socket, so that a test reads like a conversation: {@code ana.says("hi"); bo.hears("hi");}. Every
 * wait ends after {@value #PATIENCE_SECONDS} seconds with a failure.
 */
public final class ChatClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** How a connection ended. */
    public record Goodbye(int code, String reason) {}

    private final boolean rich;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<JsonObject> noticed = new LinkedBlockingQueue<>();
    private final CompletableFuture<Goodbye> goodbye = new CompletableFuture<>();
    private final WebSocket socket;

    private ChatClient(URI address, boolean rich, String... headers) {
        this.rich = rich;
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        if (rich) {
            builder.subprotocols("foyer.v1");
        }
        this.socket = builder.buildAsync(address, new Ears()).join();
        assertThat(socket.getSubprotocol()).isEqualTo(rich ? "foyer.v1" : "");
    }

    /** A client of the tutorial. */
    public static ChatClient plain(Node node, String room, String... headers) {
        return new ChatClient(node.socket("ws/chat/" + encode(room) + "/"), false, headers);
    }

    /** A client of {@code foyer.v1}. */
    public static ChatClient rich(Node node, String room, String... headers) {
        return new ChatClient(node.socket("ws/chat/" + encode(room) + "/"), true, headers);
    }

    /** A client of {@code foyer.v1} that knows the room up to this number already. */
    public static ChatClient resuming(Node node, String room, String epoch, long after, String... headers) {
        String query = "/?epoch=" + encode(epoch) + "&after=" + after;
        return new ChatClient(node.socket("ws/chat/" + encode(room) + query), true, headers);
    }

    /** The stream of a person's rooms. */
    public static ChatClient ofOwnRooms(Node node, String... headers) {
        return new ChatClient(node.socket("ws/me"), true, headers);
    }

    /** A client of the tutorial at any address below the node, given as it stands on the wire. */
    public static ChatClient at(Node node, String path, String... headers) {
        return new ChatClient(node.socket(path), false, headers);
    }

    /** The HTTP status with which a handshake is refused. */
    public static int refusal(Node node, String path, String... headers) {
        try {
            at(node, path, headers).close();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(WebSocketHandshakeException.class);
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
        throw new AssertionError("the handshake was accepted");
    }

    public static String encode(String room) {
        return URLEncoder.encode(room, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Says something in the way of the wire; on the rich wire returns the ref. */
    public String says(String text) {
        String ref = UUID.randomUUID().toString();
        says(text, ref);
        return ref;
    }

    /** Says something under a ref of the test's choice. */
    public void says(String text, String ref) {
        JsonObject frame = rich
                ? Json.createObjectBuilder()
                        .add("type", "message.post")
                        .add("ref", ref)
                        .add("body", text)
                        .build()
                : Json.createObjectBuilder().add("message", text).build();
        sends(frame.toString());
    }

    /** Sends a frame of this type with these members, given as name, value, name, value. */
    public void asks(String type, String... members) {
        var frame = Json.createObjectBuilder().add("type", type);
        for (int i = 0; i < members.length; i += 2) {
            frame.add(members[i], members[i + 1]);
        }
        sends(frame.build().toString());
    }

    /** Sends this text as it is. */
    public void sends(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends part of a text. */
    public void sendsPart(String part, boolean last) {
        socket.sendText(part, last).join();
    }

    public void sendsBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next text message, as it is; fails when there is none in time, or when the connection has ended. */
    public String next() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                boolean ended = goodbye.isDone();
                String text = heard.poll(ended ? 0 : 50, TimeUnit.MILLISECONDS);
                if (text != null) {
                    return text;
                }
                if (ended) {
                    throw new AssertionError("the connection ended: " + goodbye.join());
                }
            }
            throw new AssertionError("nothing was heard for " + PATIENCE_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next events, which the rich wire sends as an array. */
    public List<JsonObject> nextEvents() {
        JsonArray array = Json.createReader(new StringReader(next())).readArray();
        return array.stream().map(JsonValue::asJsonObject).toList();
    }

    /** The one event that comes next. */
    public JsonObject nextEvent() {
        List<JsonObject> events = nextEvents();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /** Expects these texts of messages next, in this order. */
    public ChatClient hears(String... texts) {
        assertThat(hears(texts.length)).containsExactly(texts);
        return this;
    }

    /** Reads on until this text of a message comes, passing over others. */
    public void hearsAtLast(String text) {
        while (!nextTexts().contains(text)) {
            // something said before
        }
    }

    /** The texts of the next so many messages. */
    public List<String> hears(int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.addAll(nextTexts());
        }
        assertThat(texts).hasSize(count);
        return texts;
    }

    /** Those that come together next; none when it is something else. */
    private List<String> nextTexts() {
        if (!rich) {
            return List.of(
                    Json.createReader(new StringReader(next())).readObject().getString("message"));
        }
        return nextEvents().stream()
                .filter(event -> event.getString("type").equals("message.posted"))
                .map(event -> event.getString("body"))
                .toList();
    }

    /** The next event without a number: who came and went, and who is typing. The other methods pass over them. */
    public JsonObject nextNotice() {
        try {
            JsonObject notice = noticed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(notice).as("something without a number").isNotNull();
            return notice;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many events without a number have come in and were not asked for yet. */
    public int unreadNotices() {
        return noticed.size();
    }

    /** Waits until something has come in, or the connection has ended; whether something has. */
    public boolean hearsAnything() {
        await("a word or a goodbye")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !heard.isEmpty() || goodbye.isDone());
        return !heard.isEmpty();
    }

    /** How the server ended the connection. */
    public Goodbye isSentAway() {
        return goodbye.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    public boolean isConnected() {
        return !goodbye.isDone();
    }

    /** How many text messages have come in and were not asked for yet. */
    public int unread() {
        return heard.size();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
        goodbye.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
        socket.abort();
    }

    private final class Ears implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void take(String whole) {
            if (rich && (whole.startsWith("[{\"type\":\"presence.") || whole.startsWith("[{\"type\":\"typing."))) {
                Json.createReader(new StringReader(whole))
                        .readArray()
                        .forEach(event -> noticed.add(event.asJsonObject()));
            } else {
                heard.add(whole);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            goodbye.complete(new Goodbye(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            goodbye.complete(new Goodbye(1006, error.toString()));
        }
    }
}
