package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.message.Draft;
import chat.foyer.message.Outcome;
import chat.foyer.room.Access;
import chat.foyer.room.Doors;
import chat.foyer.room.Member;
import chat.foyer.room.Right;
import chat.foyer.room.Room;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.room.RoomStore;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.web.JsonBody;
import chat.foyer.web.Paging;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Rooms and their members by REST. Whoever changes something may name the change by an {@code Idempotency-Key}; then it is
 * done once. One instance a request.
 */
@Path("/rooms")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {
    private static final int PAGE = 100;

    @Inject
    RestCallers callers;

    @Inject
    Doors doors;

    @Inject
    RoomService rooms;

    @Inject
    RoomStore store;

    /** Writes the answers: the server's code may block there, and must not do so on a commit lane. */
    @Resource
    ManagedExecutorService containerThreads;

    @Context
    HttpServletRequest request;

    @Context
    UriInfo uri;

    /** The rooms that the caller may know of, by name; {@code next} is what to ask for after, and links there (RFC 8288). */
    @GET
    public Response list(
            @QueryParam("query") @DefaultValue("") String query, @QueryParam("after") @DefaultValue("") String after) {
        Identity reader = callers.admit(request).identity();
        List<RoomStore.Sight> found = store.list(reader, query, after, PAGE + 1);
        List<RoomStore.Sight> shown = found.subList(0, Math.min(PAGE, found.size()));
        JsonArrayBuilder array = Json.createArrayBuilder();
        shown.forEach(sight -> array.add(json(sight)));
        JsonObjectBuilder page = Json.createObjectBuilder().add("rooms", array);
        if (found.size() <= PAGE) {
            return ok(page);
        }
        String last = shown.get(PAGE - 1).room().name().text();
        return Paging.linked(ok(page.add("next", last)), uri, last);
    }

    /** {@code {"name": …, "kind": "open" or "closed", "topic": …, "members": [ids]}}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(@HeaderParam("Idempotency-Key") String key, InputStream content) {
        Identity maker = callers.member(request);
        JsonBody body = JsonBody.read(content);
        RoomName name = new RoomName(body.text("name"));
        Room.Kind kind = body.optionalOf(Room.Kind.class, "kind").orElse(Room.Kind.OPEN);
        if (kind == Room.Kind.DIRECT) {
            throw new ChatException(Fault.MALFORMED, "Begin a conversation of two with POST /api/v1/direct.");
        }
        RoomChange.Topic topic = new RoomChange.Topic(body.optionalText("topic").orElse(""));
        List<User> members = body.texts("members").stream()
                .filter(id -> !id.equals(maker.user().id()))
                .map(this::person)
                .toList();
        String ref = ref(key);
        CompletionStage<Outcome> made = rooms.alter(name, maker, new RoomChange.Create(kind, topic), ref);
        for (User member : members) {
            // each is a change of its own; one key names them all
            String own = UUID.nameUUIDFromBytes((ref + '\n' + member.id()).getBytes(StandardCharsets.UTF_8))
                    .toString();
            RoomChange seat = new RoomChange.Seat(member, Member.Role.MEMBER);
            made = made.thenCompose(before -> before.refusal().isPresent()
                    ? CompletableFuture.completedFuture(before)
                    : rooms.alter(name, maker, seat, own));
        }
        return answered(
                made,
                outcome -> Response.status(Response.Status.CREATED)
                        .entity(json(name, maker).build().toString())
                        .build());
    }

    @GET
    @Path("{room}")
    public Response read(@Encoded @PathParam("room") String room) {
        Identity reader = callers.admit(request).identity();
        return ok(json(RoomName.fromPathSegment(room), reader));
    }

    /** One of {@code {"name": …}}, {@code {"topic": …}}, {@code {"kind": …}}, {@code {"archived": true}}. */
    @PATCH
    @Path("{room}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(
            @Encoded @PathParam("room") String room, @HeaderParam("Idempotency-Key") String key, InputStream content) {
        Identity actor = callers.member(request);
        RoomName name = RoomName.fromPathSegment(room);
        RoomChange change = changeOf(JsonBody.read(content));
        RoomName after = change instanceof RoomChange.Rename rename ? rename.name() : name;
        return answered(rooms.alter(name, actor, change, ref(key)), outcome -> ok(json(after, actor)));
    }

    private static RoomChange changeOf(JsonBody body) {
        if (body.names().size() == 1) {
            switch (body.names().iterator().next()) {
                case "name":
                    return new RoomChange.Rename(new RoomName(body.text("name")));
                case "topic":
                    return new RoomChange.Topic(body.text("topic"));
                case "archived":
                    return new RoomChange.Archive(body.flag("archived"));
                case "kind":
                    Room.Kind kind = body.optionalOf(Room.Kind.class, "kind").orElse(Room.Kind.DIRECT);
                    if (kind != Room.Kind.DIRECT) {
                        return new RoomChange.Doors(kind);
                    }
                    break;
                default:
                    break;
            }
        }
        throw new ChatException(
                Fault.MALFORMED, "Change one thing at a time: name, topic, kind (open or closed) or archived.");
    }

    /** The members of a room; guests are told of none. */
    @GET
    @Path("{room}/members")
    public Response members(@Encoded @PathParam("room") String room) {
        Identity reader = callers.member(request);
        RoomName name = RoomName.fromPathSegment(room);
        List<Member> members =
                new ArrayList<>(store.members(doors.access(name, reader).name()));
        known(name, reader); // last, see Doors
        JsonArrayBuilder array = Json.createArrayBuilder();
        members.forEach(member -> array.add(json(member.person())
                .add("role", lower(member.role()))
                .add("joinedAt", member.joinedAt().toString())));
        return ok(Json.createObjectBuilder().add("members", array));
    }

    /** {@code {"role": "member", "moderator" or "administrator"}}: invites somebody, joins, or gives another role. */
    @PUT
    @Path("{room}/members/{person}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> seat(
            @Encoded @PathParam("room") String room,
            @PathParam("person") String person,
            @HeaderParam("Idempotency-Key") String key,
            InputStream content) {
        Identity actor = callers.member(request);
        Member.Role role =
                JsonBody.read(content).optionalOf(Member.Role.class, "role").orElse(Member.Role.MEMBER);
        RoomName name = RoomName.fromPathSegment(room);
        known(name, actor); // or the answer would tell who exists to whom the room does not
        User subject = person(person);
        return answered(
                rooms.alter(name, actor, new RoomChange.Seat(subject, role), ref(key)),
                outcome -> ok(json(subject).add("role", lower(role))));
    }

    /** Removes somebody; oneself by leaving. */
    @DELETE
    @Path("{room}/members/{person}")
    public CompletionStage<Response> remove(
            @Encoded @PathParam("room") String room,
            @PathParam("person") String person,
            @HeaderParam("Idempotency-Key") String key) {
        Identity actor = callers.member(request);
        RoomName name = RoomName.fromPathSegment(room);
        Optional<User> subject = store.anybody(person);
        if (subject.isEmpty()) {
            known(name, actor);
            throw new ChatException(Fault.NO_PERSON);
        }
        // who has left, and asks again whether it was done, does not know the room any more: only the log can answer
        return answered(
                rooms.alter(name, actor, new RoomChange.Remove(subject.get()), ref(key)),
                outcome -> Response.noContent().build());
    }

    /** What the caller may do in a room that exists. */
    private Access known(RoomName name, Identity reader) {
        Access access = doors.require(name, reader, Right.READ);
        if (access.room().isEmpty()) {
            throw new ChatException(Fault.ROOM_NAME);
        }
        return access;
    }

    private User person(String id) {
        return store.person(id).orElseThrow(() -> new ChatException(Fault.NO_PERSON));
    }

    private static String ref(String key) {
        return key == null ? UUID.randomUUID().toString() : new Draft(key, "").ref();
    }

    private CompletionStage<Response> answered(CompletionStage<Outcome> outcome, Function<Outcome, Response> answer) {
        return outcome.thenApplyAsync(
                done -> {
                    done.refusal().ifPresent(refusal -> {
                        throw refusal;
                    });
                    return answer.apply(done);
                },
                containerThreads);
    }

    /** A room, with what the reader may do there. */
    private JsonObjectBuilder json(RoomName name, Identity reader) {
        Optional<RoomStore.Sight> sight = store.find(name, reader.user().id()); // read before the doors are asked
        JsonArrayBuilder rights = Json.createArrayBuilder();
        known(name, reader).rights().forEach(right -> rights.add(lower(right)));
        return json(sight.orElseThrow(() -> new ChatException(Fault.ROOM_NAME))).add("rights", rights);
    }

    static JsonObjectBuilder json(RoomStore.Sight sight) {
        Room room = sight.room();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("name", room.name().text())
                .add("kind", lower(room.kind()))
                .add("topic", room.topic())
                .add("archived", room.archived())
                .add("seq", sight.head());
        sight.role().ifPresent(own -> json.add("role", lower(own)));
        sight.with().ifPresent(other -> json.add("with", json(other)));
        return json;
    }

    private static JsonObjectBuilder json(User user) {
        return Json.createObjectBuilder().add("id", user.id()).add("name", user.name());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Response ok(JsonObjectBuilder body) {
        return Response.ok(body.build().toString())
                .header("Cache-Control", "no-store")
                .build();
    }
}
