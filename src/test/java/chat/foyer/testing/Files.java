package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.People.Someone;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** What people do with files at a node by REST. Immutable. */
public record Files(Node node) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The answer to an upload of these bytes under this name. */
    public HttpResponse<String> answer(Someone who, String room, String name, byte[] bytes) {
        return answer(who, room, name, "application/octet-stream", HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    /** The same, with a type and a body as the test wants them. */
    public HttpResponse<String> answer(
            Someone who, String room, String name, String type, HttpRequest.BodyPublisher body) {
        return send(
                HttpRequest.newBuilder(node.page(path(room, name)))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", type)
                        .headers(who.at(node))
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Where a file of this name is uploaded for a room. */
    public static String path(String room, String name) {
        return "api/v1/rooms/" + ChatClient.encode(room) + "/files?name=" + ChatClient.encode(name);
    }

    /** Uploads a file; what the server says of it. */
    public JsonObject upload(Someone who, String room, String name, byte[] bytes) {
        HttpResponse<String> answer = answer(who, room, name, bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return People.json(answer);
    }

    /** Posts a message with these files; the answer. */
    public HttpResponse<String> post(Someone who, String room, String text, JsonObject... files) {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        for (JsonObject file : files) {
            ids.add(file.getString("id"));
        }
        String body = Json.createObjectBuilder()
                .add("message", text)
                .add("files", ids)
                .build()
                .toString();
        String[] own = who.at(node);
        String[] headers = java.util.Arrays.copyOf(own, own.length + 2);
        headers[own.length] = "Idempotency-Key";
        headers[own.length + 1] = UUID.randomUUID().toString();
        return node.post("api/v1/rooms/" + ChatClient.encode(room) + "/messages", body, headers);
    }

    /** The answer to somebody who asks for a file, or with {@code /thumbnail} for its smaller image. */
    public HttpResponse<byte[]> get(JsonObject file, String more, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.page("api/v1/files/" + file.getString("id") + "/"
                        + ChatClient.encode(file.getString("name")) + more))
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
