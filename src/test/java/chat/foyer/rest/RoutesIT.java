package chat.foyer.rest;

import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Files;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every route as everybody: what strangers, guests and people with an account are answered who ask for what is somebody
 * else's. A new route fails here until it stands in the table.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class RoutesIT {
    /**
     * Method, route, the answers to a stranger where no guests come in, to a guest, to a member who has nothing to do with
     * it, and, where it is for administrators, to one of them; then what is sent along.
     */
    private static final String TABLE = """
            POST   /session                              422 422 422  -   {}
            DELETE /session                              204 204 204  -
            GET    /me                                   401 200 200  -
            PATCH  /me                                   401 403 200  -   {}
            PUT    /me/password                          401 403 401  -   {"current": "a guess", "new": "another password"}
            GET    /me/sessions                          401 403 200  -
            DELETE /me/sessions                          401 403 204  -
            DELETE /me/sessions/{session}                401 403 404  -
            GET    /me/tokens                            401 403 200  -
            POST   /me/tokens                            401 403 422  -   {}
            DELETE /me/tokens/{token}                    401 403 404  -
            POST   /me/socket-ticket                     401 403 201  -
            GET    /me/rooms                             401 403 200  -
            DELETE /me/rooms/{hidden}                    401 403 204  -
            GET    /people                               401 403 200  -
            POST   /direct                               401 403 404  -   {"person": "u-nobody"}
            GET    /rooms                                401 200 200  -
            POST   /rooms                                401 403 409  -   {"name": "{hidden}"}
            GET    /rooms/{hidden}                       401 404 404  -
            PATCH  /rooms/{hidden}                       401 403 404  -   {"topic": "mine now"}
            GET    /rooms/{hidden}/members               401 403 404  -
            PUT    /rooms/{hidden}/members/{person}      401 403 404  -   {}
            DELETE /rooms/{hidden}/members/{person}      401 403 404  -
            GET    /rooms/{hidden}/messages              401 404 404  -
            POST   /rooms/{hidden}/messages              401 404 404  -   {"message": "let me in"}
            POST   /rooms/{hidden}/files                 401 403 404  -   bytes
            GET    /files/{file}/{name}                  401 404 404  -
            GET    /files/{file}/{name}/thumbnail        401 404 404  -
            GET    /rooms/{hidden}/presence              401 404 404  -
            PUT    /rooms/{hidden}/seen                  401 403 404  -   {"seq": 1}
            GET    /rooms/{hidden}/mentionable           401 403 404  -
            PUT    /rooms/{hidden}/notifications         401 403 404  -   {"level": "nothing"}
            GET    /admin/people                         401 403 403 200
            PATCH  /admin/people/{person}                401 403 403 200  {}
            POST   /admin/people/{person}/reset          401 403 403 201
            POST   /admin/people/{person}/sign-out       401 403 403 204
            GET    /admin/site                           401 403 403 200
            PATCH  /admin/site                           401 403 403 200  {}
            GET    /admin/invitations                    401 403 403 200
            POST   /admin/invitations                    401 403 403 201  {}
            DELETE /admin/invitations/{invitation}       401 403 403 204
            GET    /admin/audit                          401 403 403 200
            GET    /admin/audit/verification             401 403 403 200
            """;

    private record Route(String method, String path, int stranger, int guest, int member, String boss, String body) {
        static Route of(String line) {
            String[] words = line.strip().split("\\s+", 7);
            return new Route(
                    words[0],
                    words[1],
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    words[5],
                    words.length > 6 ? words[6] : "");
        }

        /** As the resources write it, whatever the parameters are called. */
        String form() {
            return method + " " + path.replaceAll("\\{[^}]*}", "{}");
        }
    }

    private static final List<Route> ROUTES = TABLE.lines().map(Route::of).toList();

    private static ServerProcess server;
    private static People people;
    private static Someone outsider;
    private static Map<String, String> foreign;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(
                Kind.current(), Map.of("foyer.setup-token", People.SETUP_TOKEN, "foyer.limits.sign-in", "off"));
        people = People.of(node());
        outsider = people.member("Otto");
        Someone owner = people.member("Ana");
        String hidden = "hidden-" + UUID.randomUUID();
        made(owner, "rooms", "{\"name\": \"" + hidden + "\", \"kind\": \"closed\"}");
        Files files = new Files(node());
        JsonObject file = files.upload(owner, hidden, "secret.txt", new byte[] {1});
        assertThat(files.post(owner, hidden, "", file).statusCode()).isEqualTo(201);
        JsonObject sessions = json(node().get("api/v1/me/sessions", owner.at(node())));
        foreign = Map.of(
                "{hidden}", hidden,
                "{person}", owner.id(),
                "{file}", file.getString("id"),
                "{name}", file.getString("name"),
                "{session}", sessions.getJsonArray("sessions").getJsonObject(0).getString("id"),
                "{token}", made(owner, "me/tokens", "{\"label\": \"mine\"}").getString("id"),
                "{invitation}",
                        made(people.administrator(), "admin/invitations", "{}").getString("id"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Node node() {
        return server.node();
    }

    private static JsonObject made(Someone maker, String path, String body) {
        var answer = node().post("api/v1/" + path, body, maker.at(node()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private static int answer(Route route, String... headers) {
        return response(route, headers).statusCode();
    }

    private static HttpResponse<String> response(Route route, String... headers) {
        String path = route.path();
        String body = route.body();
        for (Map.Entry<String, String> each : foreign.entrySet()) {
            path = path.replace(each.getKey(), each.getValue());
            body = body.replace(each.getKey(), each.getValue());
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Idempotency-Key", UUID.randomUUID().toString()));
        return node().send(route.method(), "api/v1" + path, body, all.toArray(String[]::new));
    }

    private static String line(Route route, int status) {
        return route.method() + " " + route.path() + " " + status;
    }

    @Test
    void all_routes_are_in_the_table() {
        Set<String> written = ROUTES.stream().map(Route::form).collect(Collectors.toCollection(TreeSet::new));
        assertThat(written).isEqualTo(routesOfResources());
    }

    private static Set<String> routesOfResources() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("chat.foyer").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                                .flatMap(method -> form(type.getAnnotation(Path.class), method)))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> form(Path root, Method method) {
        String below = Optional.ofNullable(method.getAnnotation(Path.class))
                .map(path -> "/" + path.value().replaceAll("^/", ""))
                .orElse("");
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value() + " "
                        + (root.value() + below).replaceAll("\\{[^}]*}", "{}"));
    }

    /** The same tells why a form was refused, by its page. */
    private static final String NOT_OURS = "This did not come from a page of ours.";

    @Test
    void every_change_by_a_browser_needs_the_token_of_its_own_pages() {
        String[] member = outsider.at(node());
        String[] withoutToken = Arrays.copyOf(member, 4);
        String[] withAnothersToken = member.clone();
        withAnothersToken[5] = people.administrator().csrf();
        String[] ofAnotherSite = member.clone();
        ofAnotherSite[3] = "https://evil.example";
        List<Route> changes =
                ROUTES.stream().filter(route -> !route.method().equals("GET")).toList();
        assertThat(changes).isNotEmpty().allSatisfy(route -> {
            assertThat(response(route, withoutToken).body()).as(route.form()).contains("\"code\":\"forged\"");
            assertThat(response(route, withAnothersToken).body())
                    .as(route.form())
                    .contains("\"code\":\"forged\"");
            assertThat(response(route, ofAnotherSite).body()).as(route.form()).contains("\"code\":\"origin_refused\"");
        });
        assertThat(node().get("api/v1/me/sessions", member).statusCode())
                .as("none of it signed out")
                .isEqualTo(200);
    }

    @Test
    void every_form_needs_it_too() {
        List<String> pages = pages();
        assertThat(pages).contains("sign-in", "sign-out", "join", "reset", "setup");
        List<String> fields = List.of("csrf", people.administrator().csrf(), "token", People.SETUP_TOKEN);
        String[] member = {"Cookie", "foyer_session=" + outsider.session(), "Origin", node().origin()};
        assertThat(pages).allSatisfy(page -> {
            for (String[] headers : List.of(member, new String[] {"Origin", node().origin()})) {
                var answer = node().submit(page, fields, headers);
                assertThat(answer.statusCode()).as(page).isEqualTo(403);
                assertThat(answer.body()).as(page).contains(NOT_OURS);
            }
        });
    }

    private static List<String> pages() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("chat.foyer").stream()
                        .filter(type -> type.isAnnotatedWith(WebServlet.class))
                        .map(type -> type.reflect().getAnnotation(WebServlet.class))
                        .flatMap(servlet -> Stream.of(servlet.value(), servlet.urlPatterns())
                                .flatMap(Arrays::stream))
                        .filter(pattern -> !pattern.startsWith("/ops/")) // know no cookies
                        .map(pattern -> pattern.replaceAll("^/", "").replace("*", "lobby/"))
                        .toList();
    }

    @Test
    void guests_and_people_are_answered_as_the_table_says() {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (Route route : ROUTES) {
            expected.add("guest " + line(route, route.guest()));
            actual.add("guest " + line(route, answer(route)));
            Someone member = people.signedIn(outsider.handle()); // some routes sign out
            expected.add("member " + line(route, route.member()));
            actual.add("member " + line(route, answer(route, member.at(node()))));
            if (!route.boss().equals("-")) {
                expected.add("administrator " + line(route, Integer.parseInt(route.boss())));
                actual.add("administrator "
                        + line(route, answer(route, people.administrator().at(node()))));
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void a_program_that_offers_http_2_is_answered_or_told_what_to_change() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(node().page("api/v1/session"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        String body = "{\"name\": \"nobody\", \"password\": \"no password\"}";
        for (int i = 0; i < 3; i++) { // the later ones may use the connection of the first
            var answer = client.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        }
        var endless = HttpClient.newHttpClient()
                .send(
                        request.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes())))
                                .build(),
                        BodyHandlers.ofString());
        if (endless.version() == HttpClient.Version.HTTP_1_1) {
            assertThat(endless.statusCode()).isEqualTo(400);
            assertThat(endless.body()).contains("Content-Length");
        } else {
            assertThat(endless.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void strangers_are_answered_as_the_table_says() {
        var changed = node().send(
                        "PATCH",
                        "api/v1/admin/site",
                        "{\"guests\": false}",
                        people.administrator().at(node()));
        assertThat(changed.statusCode()).isEqualTo(200);
        await().until(() -> node().get("api/v1/me").statusCode() == 401);
        List<String> expected =
                ROUTES.stream().map(route -> line(route, route.stranger())).toList();
        assertThat(ROUTES.stream().map(route -> line(route, answer(route))).toList())
                .isEqualTo(expected);
    }
}
