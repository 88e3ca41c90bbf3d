package chat.foyer.account;

import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that act for people by personal access tokens, and what they must not do. */
class TokensIT extends SharedServer {
    private static final Duration PROMISE = Duration.ofSeconds(1); // P7

    private final String room = "programs-" + UUID.randomUUID();
    private People people;
    private Someone ana;

    @BeforeEach
    void begin() {
        people = People.of(node());
        ana = people.member("Ana");
    }

    private HttpResponse<String> asked(Someone owner, String label, String scope, String expiresAt) {
        String wanted = Json.createObjectBuilder()
                .add("label", label)
                .add("scope", scope)
                .add("expiresAt", expiresAt)
                .build()
                .toString();
        return node().post("api/v1/me/tokens", wanted, owner.at(node()));
    }

    private static String inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days)).toString();
    }

    /** A new token; {@code token} is its secret. */
    private JsonObject made(Someone owner, String scope) {
        HttpResponse<String> answer = asked(owner, "a test", scope, inDays(1));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private static String[] with(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String[] with(JsonObject token) {
        return with(token.getString("token"));
    }

    private HttpResponse<String> post(String text, String[] headers) {
        String[] all = List.of(headers[0], headers[1], "Idempotency-Key", "key-" + UUID.randomUUID())
                .toArray(String[]::new);
        return node().post("api/v1/rooms/" + room + "/messages", "{\"message\": \"" + text + "\"}", all);
    }

    private HttpResponse<String> me(String[] headers) {
        return node().get("api/v1/me", headers);
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(answer.body()).doesNotContain("\tat ", "Exception");
    }

    private static void lacksScope(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(json(answer).getString("code")).isEqualTo("scope");
    }

    @Test
    void a_program_reads_and_speaks_in_the_name_of_its_owner() {
        JsonObject token = made(ana, "WRITE");
        assertThat(json(me(with(token))).getString("id")).isEqualTo(ana.id());
        assertThat(post("by rest", with(token)).statusCode()).isEqualTo(201);
        try (ChatClient program = ChatClient.rich(node(), room, with(token))) {
            assertThat(program.nextEvent().getJsonObject("you").getString("id")).isEqualTo(ana.id());
            program.says("by socket");
            program.hears("by socket");
        }
        HttpResponse<String> history = node().get("api/v1/rooms/" + room + "/messages", with(token));
        assertThat(history.body()).contains("by rest", "by socket").contains(ana.name());
    }

    @Test
    void a_program_without_an_origin_speaks_on_the_plain_wire() {
        try (ChatClient program = ChatClient.plain(node(), room, with(made(ana, "WRITE")))) {
            program.says("hello");
            program.hears("hello");
        }
    }

    @Test
    void a_token_is_shown_once() {
        JsonObject token = made(ana, "READ");
        assertThat(token.getString("token")).matches("foyer_[A-Za-z0-9_-]{43}[0-9a-f]{6}");
        HttpResponse<String> list = node().get("api/v1/me/tokens", ana.at(node()));
        assertThat(list.body()).contains(token.getString("id")).doesNotContain("foyer_");
        assertThat(list.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void its_owner_sees_that_a_token_was_used() {
        JsonObject token = made(ana, "READ");
        assertThat(listed(token)).doesNotContainKey("usedAt");
        me(with(token));
        assertThat(Instant.parse(listed(token).getString("usedAt")))
                .isAfter(Instant.now().minusSeconds(60));
    }

    private JsonObject listed(JsonObject token) {
        return json(node().get("api/v1/me/tokens", ana.at(node()))).getJsonArray("tokens").stream()
                .map(value -> value.asJsonObject())
                .filter(each -> each.getString("id").equals(token.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void unless_asked_otherwise_a_token_writes_and_ends_in_ninety_days() {
        HttpResponse<String> answer = node().post("api/v1/me/tokens", "{\"label\": \"a bot\"}", ana.at(node()));
        assertThat(json(answer).getString("scope")).isEqualTo("WRITE");
        assertThat(Instant.parse(json(answer).getString("expiresAt")))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(90)).minusSeconds(60),
                        Instant.now().plus(Duration.ofDays(90)));
    }

    @Test
    void who_may_only_read_changes_nothing_by_rest() {
        String[] reader = with(made(ana, "READ"));
        lacksScope(post("no", reader));
        lacksScope(node().post("api/v1/rooms", "{\"name\": \"" + room + "\"}", reader));
        lacksScope(node().send("PATCH", "api/v1/rooms/" + room, "{\"topic\": \"no\"}", reader));
        lacksScope(node().send("PUT", "api/v1/rooms/" + room + "/members/" + ana.id(), "{}", reader));
        lacksScope(node().send("DELETE", "api/v1/rooms/" + room + "/members/" + ana.id(), "", reader));
        lacksScope(node().post("api/v1/direct", "{\"person\": \"" + ana.id() + "\"}", reader));
        assertThat(node().get("api/v1/rooms/" + room + "/messages", reader).body())
                .isEqualTo("[]");
    }

    @Test
    void who_may_only_read_changes_nothing_by_socket() {
        try (ChatClient author = ChatClient.rich(node(), room, with(made(ana, "WRITE")));
                ChatClient reader = ChatClient.rich(node(), room, with(made(ana, "READ")))) {
            author.nextEvent();
            reader.nextEvent();
            author.says("stays as it is");
            String message = reader.nextEvent().getString("id");
            reader.asks("message.post", "ref", "r-1", "body", "no");
            lacksScope(reader.nextEvent(), "r-1");
            reader.asks("message.edit", "ref", "r-2", "message", message, "body", "no");
            lacksScope(reader.nextEvent(), "r-2");
            reader.asks("message.delete", "ref", "r-3", "message", message);
            lacksScope(reader.nextEvent(), "r-3");
            reader.asks("backlog.fetch");
            JsonObject page = reader.nextEvent();
            assertThat(page.getString("type")).isEqualTo("backlog.page");
            assertThat(page.toString()).contains("stays as it is").doesNotContain("\"no\"");
        }
    }

    private static void lacksScope(JsonObject event, String ref) {
        assertThat(event.getString("type")).isEqualTo("failed");
        assertThat(event.getString("code")).isEqualTo("scope");
        assertThat(event.getString("ref")).isEqualTo(ref);
    }

    @Test
    void who_may_only_read_is_sent_away_from_the_plain_wire_for_speaking() {
        try (ChatClient reader = ChatClient.plain(node(), room, with(made(ana, "READ")))) {
            reader.says("no");
            assertThat(reader.isSentAway().code()).isEqualTo(4503);
        }
    }

    @Test
    void only_a_token_made_for_it_administers() {
        Someone boss = people.administrator();
        lacksScope(node().get("api/v1/admin/invitations", with(made(boss, "WRITE"))));
        String[] admin = with(made(boss, "ADMIN"));
        assertThat(node().get("api/v1/admin/invitations", admin).statusCode()).isEqualTo(200);
        assertThat(node().get("api/v1/admin/audit", admin).body())
                .contains("token.create")
                .doesNotContain("foyer_");
    }

    @Test
    void members_get_no_token_that_administers_or_never_ends() {
        assertThat(asked(ana, "x", "ADMIN", inDays(1)).statusCode()).isEqualTo(403);
        assertThat(asked(ana, "x", "WRITE", "never").statusCode()).isEqualTo(403);
        HttpResponse<String> boss = asked(people.administrator(), "x", "WRITE", "never");
        assertThat(boss.statusCode()).isEqualTo(201);
        assertThat(json(boss)).doesNotContainKey("expiresAt");
    }

    @Test
    void bad_wishes_are_refused_with_the_field_that_is_wrong() {
        isWrong(asked(ana, "x", "WRITE", inDays(366)), "expiresAt");
        isWrong(asked(ana, "x", "WRITE", inDays(-1)), "expiresAt");
        isWrong(asked(ana, "x", "WRITE", "+1000000000-12-31T23:59:59Z"), "expiresAt");
        isWrong(asked(ana, "x", "WRITE", "tomorrow"), "expiresAt");
        isWrong(asked(ana, "x", "write it all", inDays(1)), "scope");
        isWrong(asked(ana, " ", "WRITE", inDays(1)), "label");
        isWrong(asked(ana, "x".repeat(101), "WRITE", inDays(1)), "label");
        isWrong(asked(ana, "turn\u202Ed", "WRITE", inDays(1)), "label");
        isWrong(node().post("api/v1/me/tokens", "{}", ana.at(node())), "label");
    }

    private static void isWrong(HttpResponse<String> answer, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).getString("field")).isEqualTo(field);
    }

    @Test
    void nobody_has_more_than_fifty() {
        for (int i = 0; i < 50; i++) {
            made(ana, "READ");
        }
        assertThat(asked(ana, "one more", "READ", inDays(1)).statusCode()).isEqualTo(403);
    }

    @Test
    void no_program_makes_or_deletes_tokens_or_uses_forms() {
        Someone boss = people.administrator();
        JsonObject token = made(boss, "ADMIN");
        lacksScope(node().post("api/v1/me/tokens", "{\"label\": \"mine\"}", with(token)));
        lacksScope(node().send("DELETE", "api/v1/me/tokens/" + token.getString("id"), "", with(token)));
        assertThat(node().submit("sign-out", List.of(), with(token)).statusCode())
                .isEqualTo(403);
        assertThat(me(with(token)).statusCode()).isEqualTo(200);
    }

    @Test
    void guests_have_no_tokens() {
        assertThat(node().get("api/v1/me/tokens").statusCode()).isEqualTo(403);
        assertThat(node().post("api/v1/me/tokens", "{\"label\": \"x\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobody_deletes_the_tokens_of_others() {
        JsonObject token = made(ana, "WRITE");
        Someone boss = people.administrator();
        String address = "api/v1/me/tokens/" + token.getString("id");
        assertThat(node().send("DELETE", address, "", boss.at(node())).statusCode())
                .isEqualTo(404);
        assertThat(me(with(token)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_deleted_token_is_void_at_once_and_its_sockets_are_cut_within_a_second() {
        JsonObject token = made(ana, "WRITE");
        try (ChatClient program = ChatClient.rich(node(), room, with(token));
                ChatClient person = ChatClient.rich(node(), room, ana.at(node()))) {
            program.nextEvent();
            person.nextEvent();
            String address = "api/v1/me/tokens/" + token.getString("id");
            assertThat(node().send("DELETE", address, "", ana.at(node())).statusCode())
                    .isEqualTo(204);
            long start = System.nanoTime(); // it is committed, and whoever did it knows
            assertThat(program.isSentAway().code()).isEqualTo(4501);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("sockets of a deleted token were cut after " + time.toMillis() + " ms");
            assertThat(time).isLessThan(PROMISE);
            isRefused(me(with(token)));
            isRefused(post("no", with(token)));
            assertThat(ChatClient.refusal(node(), "ws/chat/" + room + "/", with(token)))
                    .isEqualTo(401);
            person.says("still here");
            person.hears("still here");
        }
        assertThat(node().send("DELETE", "api/v1/me/tokens/" + token.getString("id"), "", ana.at(node()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_socket_closes_when_its_token_ends() {
        Instant end = Instant.now().plusSeconds(3);
        JsonObject token = json(asked(ana, "short", "WRITE", end.toString()));
        try (ChatClient program = ChatClient.rich(node(), room, with(token))) {
            program.nextEvent();
            assertThat(program.isSentAway().code()).isEqualTo(4501);
            assertThat(Instant.now())
                    .isBetween(end, end.plusSeconds(5)); // we look once a second, and a slow machine later
        }
        isRefused(me(with(token)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "bearer x",
                "Bearer foyer_",
                // well-formed, with a wrong checksum and with the right one
                "Bearer foyer_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA000000",
                "Bearer foyer_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%s",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0aGUuYm9zcyJ9.",
            })
    void an_unknown_bearer_is_refused_and_does_not_become_a_guest(String template) {
        String[] headers = {"Authorization", template.formatted(checksum())};
        isRefused(me(headers));
        isRefused(node().get("chat/" + room + "/", headers));
        isRefused(post("no", headers));
        assertThat(ChatClient.refusal(node(), "ws/chat/" + room + "/", headers)).isEqualTo(401);
    }

    /** Of 43 times A, as {@code chat.foyer.user.TokenSecret} makes it. */
    private static String checksum() {
        return chat.foyer.user.Secret.hash("token checksum foyer_" + "A".repeat(43))
                .substring(0, 6);
    }

    @Test
    void every_change_to_a_token_makes_it_void() {
        String token = made(ana, "WRITE").getString("token");
        isRefused(me(with(token.substring(0, token.length() - 1))));
        isRefused(me(with(token + "0")));
        isRefused(me(with(token + ", Bearer " + token)));
        isRefused(me(with(token.toUpperCase(java.util.Locale.ROOT))));
        char first = token.charAt(6) == 'A' ? 'B' : 'A';
        isRefused(me(with("foyer_" + first + token.substring(7))));
        isRefused(me(new String[] {
            "Authorization", "Bearer " + token, "Authorization", "Bearer " + token,
        }));
        assertThat(me(with(token)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_bearer_never_lends_the_rights_of_a_cookie_and_leaves_it_alone() {
        String[] forged = {
            "Cookie", "foyer_session=" + ana.session(), "Authorization", "Bearer foyer_x", "Idempotency-Key", "key-1"
        };
        HttpResponse<String> refused =
                node().post("api/v1/rooms/" + room + "/messages", "{\"message\": \"no\"}", forged);
        isRefused(refused);
        assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
        Someone bo = people.member("Bo");
        String[] both = {
            "Cookie",
            "foyer_session=" + ana.session(),
            "Authorization",
            "Bearer " + made(bo, "WRITE").getString("token")
        };
        HttpResponse<String> answer = me(both);
        assertThat(json(answer).getString("id")).isEqualTo(bo.id());
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(line -> line.startsWith("foyer_session="));
    }

    @Test
    void the_operators_addresses_have_tokens_of_their_own() {
        String[] unknown = with("0123456789abcdef0123456789abcdef");
        assertThat(node().get("ops/health/live", unknown).statusCode()).isEqualTo(200);
        HttpResponse<String> drain = node().post("ops/drain", "", unknown);
        assertThat(json(drain).getString("code")).isEqualTo("forbidden"); // its own word
    }
}
