package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * People with accounts at a node: the administrator, made by the first run unless there is one, and whoever is invited.
 * Guests stay admitted.
 */
public final class People {
    /** What {@code foyer.setup-token} must be at the node. */
    public static final String SETUP_TOKEN = "the-setup-token-of-the-integration-tests";

    public static final String PASSWORD = "correct horse battery staple";
    private static final String BOSS = "the.boss";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final Node node;
    private final Someone administrator;

    /**
     * Somebody who has signed in.
     *
     * @param session the value of the session cookie
     * @param csrf the token for requests that change something
     */
    public record Someone(String id, String handle, String name, String session, String csrf) {
        /** The headers of a request of their browser to this node, and of its sockets. */
        public String[] at(Node node) {
            return new String[] {
                "Cookie", "foyer_session=" + session, "Origin", node.origin(), "X-Foyer-Csrf", csrf,
            };
        }
    }

    private People(Node node, Someone administrator) {
        this.node = node;
        this.administrator = administrator;
    }

    /** Those of this node. */
    public static People of(Node node) {
        HttpResponse<String> known = signIn(node, BOSS, PASSWORD);
        if (known.statusCode() != 200) {
            HttpResponse<String> setUp = submitted(
                    node,
                    "setup?token=" + SETUP_TOKEN,
                    "setup",
                    List.of(
                            "name",
                            "Tess Boss",
                            "handle",
                            BOSS,
                            "password",
                            PASSWORD,
                            "site",
                            "Test",
                            "language",
                            "en",
                            "guests",
                            "on",
                            "rooms",
                            "",
                            "token",
                            SETUP_TOKEN));
            assertThat(setUp.statusCode()).as(setUp.body()).isEqualTo(303);
            known = signIn(node, BOSS, PASSWORD);
        }
        return new People(node, someone(node, known));
    }

    public Someone administrator() {
        return administrator;
    }

    /** Invites somebody new, who joins. */
    public Someone member(String name) {
        String handle = "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        String fullName = name + " " + handle.substring(1, 9); // no two may look alike
        String token = invitation();
        HttpResponse<String> joined = submitted(
                node,
                "join?token=" + token,
                "join",
                List.of("name", fullName, "handle", handle, "password", PASSWORD, "token", token));
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(303);
        return someone(node, joined);
    }

    /** The secret of a new invitation. */
    public String invitation() {
        HttpResponse<String> made =
                node.post("api/v1/admin/invitations", "{\"role\": \"MEMBER\"}", administrator.at(node));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made).getString("token");
    }

    /** A new session of somebody who has an account. */
    public Someone signedIn(String handle) {
        HttpResponse<String> answer = signIn(node, handle, PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return someone(node, answer);
    }

    /** What a browser is given in which somebody signs in to stay. */
    public HttpResponse<String> signedInToStay(Someone who) {
        List<String> fields = List.of("username", who.handle(), "password", PASSWORD, "stay", "on", "next", "");
        return submitted(node, "sign-in", "sign-in", fields);
    }

    /** What a browser is given that is opened again and shows this token. */
    public static HttpResponse<String> openedAgain(Node node, String token) {
        return node.get("api/v1/me", "Cookie", "foyer_stay=" + token);
    }

    public static HttpResponse<String> signIn(Node node, String handle, String password) {
        return node.post(
                "api/v1/session",
                Json.createObjectBuilder()
                        .add("name", handle)
                        .add("password", password)
                        .build()
                        .toString());
    }

    /** The answer to a form that was shown at one address and is sent to another. */
    public static HttpResponse<String> submitted(Node node, String shownAt, String sentTo, List<String> fields) {
        HttpResponse<String> page = node.get(shownAt);
        Matcher csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).as(page.body()).isTrue();
        List<String> all = new ArrayList<>(fields);
        all.addAll(List.of("csrf", csrf.group(1)));
        return node.submit(sentTo, all, "Cookie", "foyer_form=" + cookie(page, "foyer_form"), "Origin", node.origin());
    }

    private static Someone someone(Node node, HttpResponse<String> signedIn) {
        String session = cookie(signedIn, "foyer_session");
        JsonObject me = json(node.get("api/v1/me", "Cookie", "foyer_session=" + session));
        return new Someone(
                me.getString("id"), me.getString("handle"), me.getString("name"), session, me.getString("csrf"));
    }

    /** The value of a cookie that an answer gives. */
    public static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1).split(";")[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + answer.headers()));
    }

    public static JsonObject json(HttpResponse<String> answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
