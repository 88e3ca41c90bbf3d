package chat.foyer.account;

import chat.foyer.user.Person;
import chat.foyer.user.User;
import chat.foyer.web.Paging;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;

/** What is said about people by REST. Thread-safe. */
final class Answers {
    static final int PAGE = 50;

    private Answers() {}

    /**
     * A page of people, with a link to the next one (RFC 8288); {@code found} holds one more than goes on a page when there
     * are more.
     */
    static Response people(List<Person> found, Function<Person, JsonObjectBuilder> form, UriInfo uri) {
        List<Person> shown = found.subList(0, Math.min(PAGE, found.size()));
        JsonObjectBuilder page = Json.createObjectBuilder().add("people", all(shown, form));
        if (found.size() <= PAGE) {
            return ok(page);
        }
        String last = shown.get(PAGE - 1).handle();
        return Paging.linked(ok(page.add("next", last)), uri, last);
    }

    /** Somebody as they and administrators see them. */
    static JsonObjectBuilder of(Person person) {
        return inDirectory(person)
                .add("role", person.role().name())
                .add("language", person.language())
                .add("zone", person.zone())
                .add("createdAt", person.createdAt().toString())
                .add("disabled", person.disabled());
    }

    /** Somebody as other people see them. */
    static JsonObjectBuilder inDirectory(Person person) {
        return Json.createObjectBuilder()
                .add("id", person.id())
                .add("handle", person.handle())
                .add("name", person.name());
    }

    static JsonObjectBuilder ofGuest(User guest) {
        return Json.createObjectBuilder()
                .add("id", guest.id())
                .add("name", guest.name())
                .add("role", "GUEST");
    }

    static <T> JsonArrayBuilder all(List<T> things, Function<T, JsonObjectBuilder> form) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        things.forEach(thing -> array.add(form.apply(thing)));
        return array;
    }

    static Response ok(JsonObjectBuilder body) {
        return answer(Response.Status.OK, body);
    }

    static Response created(JsonObjectBuilder body) {
        return answer(Response.Status.CREATED, body);
    }

    private static Response answer(Response.Status status, JsonObjectBuilder body) {
        return Response.status(status)
                .entity(body.build().toString())
                .header("Cache-Control", "no-store")
                .build();
    }
}
