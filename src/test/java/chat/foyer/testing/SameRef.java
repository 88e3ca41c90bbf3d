package chat.foyer.testing;

import chat.foyer.testing.checker.ClientLog;
import chat.foyer.testing.checker.ClientLog.Answer;
import chat.foyer.testing.checker.ClientLog.Said;
import chat.foyer.user.Guests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One user who fires every ref at several nodes at once, by socket and by REST. */
public final class SameRef {
    private final String room;
    private final String secret = Guests.newSecret();
    private final List<Said> said = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    private SameRef(String room) {
        this.room = room;
    }

    /** Fires so many refs, each once by socket and twice by REST at each of these nodes, and logs every answer. */
    public static ClientLog fire(String room, int refs, List<Node> nodes) {
        return new SameRef(room).fire(refs, nodes);
    }

    private ClientLog fire(int refs, List<Node> nodes) {
        List<ChatClient> sockets = nodes.stream()
                .map(node -> ChatClient.rich(node, room, "Cookie", "foyer_guest=" + secret, "Origin", node.origin()))
                .toList();
        sockets.forEach(ChatClient::nextEvent);
        List<CompletableFuture<String>> answered = new ArrayList<>();
        for (int i = 0; i < refs; i++) {
            Said next = new Said("same-" + i, "said under ref " + i);
            said.add(next);
            for (Node node : nodes) {
                for (int twice = 0; twice < 2; twice++) {
                    answered.add(CompletableFuture.supplyAsync(() -> postUntilAnswered(node, next)));
                }
            }
            sockets.forEach(socket -> socket.says(next.body(), next.ref()));
        }
        answered.forEach(answer -> note(
                Json.createReader(new StringReader(answer.join())).readArray().getJsonObject(0)));
        String author = Guests.holderOf(secret).id();
        sockets.forEach(socket -> hear(socket, author));
        sockets.forEach(ChatClient::close);
        return new ClientLog("same refs", author, said, answers, List.of());
    }

    /** Again when the connection was one that the server, restarted meanwhile, knows nothing of. */
    private String postUntilAnswered(Node node, Said said) {
        try {
            return post(node, said);
        } catch (IllegalStateException broken) {
            return post(node, said);
        }
    }

    private String post(Node node, Said said) {
        return node.post(
                        "api/v1/rooms/" + room + "/messages",
                        Json.createObjectBuilder()
                                .add("message", said.body())
                                .build()
                                .toString(),
                        "Cookie",
                        "foyer_guest=" + secret,
                        "Origin",
                        node.origin(),
                        "Idempotency-Key",
                        said.ref())
                .body();
    }

    private void hear(ChatClient socket, String author) {
        Set<String> open = new HashSet<>();
        said.forEach(one -> open.add(one.ref()));
        while (!open.isEmpty()) {
            for (JsonObject event : socket.nextEvents()) {
                boolean posted = event.getString("type").equals("message.posted")
                        && event.getJsonObject("author").getString("id").equals(author);
                if (posted || event.getString("type").equals("message.confirmed")) {
                    note(event);
                    open.remove(event.getString("ref"));
                }
            }
        }
    }

    private void note(JsonObject event) {
        answers.add(new Answer(
                event.getString("ref"),
                event.getString("id"),
                event.getJsonNumber("seq").longValue()));
    }
}
