package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.People.Someone;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.http.HttpResponse;

/** What people do to rooms of a node by REST. Immutable. */
public record Rooms(Node node) {

    /** The answer to this request about rooms, as somebody in their browser; {@code path} begins after {@code api/v1/}. */
    public HttpResponse<String> answer(Someone who, String method, String path, String body) {
        return node.send(method, "api/v1/" + path, body, who.at(node));
    }

    private JsonObject done(Someone who, String method, String path, JsonObjectBuilder body) {
        HttpResponse<String> answer = answer(who, method, path, body.build().toString());
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.body())
                .isBetween(200, 204);
        return answer.body().isEmpty() ? JsonObject.EMPTY_JSON_OBJECT : People.json(answer);
    }

    private static String path(String room) {
        return "rooms/" + ChatClient.encode(room);
    }

    /** Makes a closed room with these members. */
    public void close(Someone maker, String room, Someone... members) {
        make(maker, room, "closed");
        for (Someone member : members) {
            invite(maker, room, member);
        }
    }

    public void make(Someone maker, String room, String kind) {
        done(
                maker,
                "POST",
                "rooms",
                Json.createObjectBuilder().add("name", room).add("kind", kind));
    }

    public void invite(Someone actor, String room, Someone person) {
        giveRole(actor, room, person, "member");
    }

    public void giveRole(Someone actor, String room, Someone person, String role) {
        done(
                actor,
                "PUT",
                path(room) + "/members/" + person.id(),
                Json.createObjectBuilder().add("role", role));
    }

    public void remove(Someone actor, String room, Someone person) {
        assertThat(answer(actor, "DELETE", path(room) + "/members/" + person.id(), "")
                        .statusCode())
                .isEqualTo(204);
    }

    public JsonObject change(Someone actor, String room, String what, String value) {
        return done(actor, "PATCH", path(room), Json.createObjectBuilder().add(what, value));
    }

    public void archive(Someone actor, String room) {
        done(actor, "PATCH", path(room), Json.createObjectBuilder().add("archived", true));
    }

    /** The name of the room of these two. */
    public String direct(Someone one, Someone other) {
        return done(one, "POST", "direct", Json.createObjectBuilder().add("person", other.id()))
                .getString("name");
    }
}
