package chat.foyer.account;

import static chat.foyer.testing.People.cookie;
import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.database.Database;
import chat.foyer.testing.ChatClient;
import chat.foyer.testing.LockWaits;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.TestConfiguration;
import chat.foyer.testing.TwoNodes;
import chat.foyer.user.OldHash;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done to an account on one node holds on the other, with Redis and without. */
class AccountsClusterIT extends TwoNodes {
    private static final int ROUNDS = 10;
    private static final Pattern NEXT = Pattern.compile("<[^>]*/(api/v1/[^>]*)>;\\s*rel=\"?next");
    private static final String OTHER_PASSWORD = "another long password";

    private static People people;
    private static Database database;

    private final String room = "accounts-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        people = People.of(one());
        database = Database.open(TestConfiguration.of(cluster.databaseSettings()));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static void administrator(String method, String path, String body) {
        assertThat(one().send(
                                method,
                                "api/v1/admin/people/" + path,
                                body,
                                people.administrator().at(one()))
                        .statusCode())
                .isBetween(200, 204);
    }

    @Test
    void a_session_of_one_node_is_good_on_the_other() {
        Someone ana = people.member("Ana");
        assertThat(json(two().get("api/v1/me", ana.at(two()))).getString("id")).isEqualTo(ana.id());
    }

    @Test
    void a_token_to_stay_of_one_node_is_good_on_the_other_and_one_for_both_at_once() {
        Someone ana = people.member("Ana");
        String token = cookie(people.signedInToStay(ana), "foyer_stay");
        for (int round = 0; round < ROUNDS; round++) {
            String shown = token;
            CompletableFuture<HttpResponse<String>> atTwo =
                    CompletableFuture.supplyAsync(() -> People.openedAgain(two(), shown));
            HttpResponse<String> first = People.openedAgain(one(), shown);
            HttpResponse<String> second = atTwo.join();
            token = cookie(first, "foyer_stay");
            assertThat(json(first).getString("id")).isEqualTo(ana.id());
            assertThat(json(second).getString("id")).isEqualTo(ana.id());
            assertThat(cookie(second, "foyer_stay")).isEqualTo(token);
            assertThat(cookie(second, "foyer_session")).isEqualTo(cookie(first, "foyer_session"));
        }
    }

    @Test
    void a_token_in_two_hands_is_noticed_on_one_node_and_cuts_sockets_on_the_other() {
        Someone ana = people.member("Ana");
        String stolen = cookie(people.signedInToStay(ana), "foyer_stay");
        String next = cookie(People.openedAgain(one(), stolen), "foyer_stay");
        String session = cookie(People.openedAgain(one(), next), "foyer_session");
        try (ChatClient socket =
                ChatClient.rich(one(), room, "Cookie", "foyer_session=" + session, "Origin", one().origin())) {
            socket.nextEvent();
            assertThat(json(People.openedAgain(two(), stolen)).getString("role"))
                    .isEqualTo("GUEST");
            assertThat(socket.isSentAway().code()).isEqualTo(4501);
        }
    }

    @Test
    void a_sign_in_that_comes_before_another_password_ends_with_the_old_one() {
        Someone ana = people.member("Ana");
        List<HttpResponse<String>> answers = oneAfterTheOther(ana, () -> signIn(ana), () -> changePassword(ana));
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 204);
        String session = "foyer_session=" + cookie(answers.get(0), "foyer_session");
        assertThat(json(two().get("api/v1/me", "Cookie", session)).getString("role"))
                .isEqualTo("GUEST");
        assertThat(json(one().get("api/v1/me", ana.at(one()))).getString("id")).isEqualTo(ana.id());
    }

    @Test
    void a_sign_in_by_the_old_password_that_comes_after_another_one_is_refused() {
        Someone ana = people.member("Ana");
        assertThat(oneAfterTheOther(ana, () -> changePassword(ana), () -> signIn(ana)))
                .extracting(HttpResponse::statusCode)
                .containsExactly(204, 401);
    }

    private static HttpResponse<String> signIn(Someone who) {
        return People.signIn(two(), who.handle(), People.PASSWORD);
    }

    private static HttpResponse<String> changePassword(Someone who) {
        String body = "{\"current\": \"" + People.PASSWORD + "\", \"new\": \"" + OTHER_PASSWORD + "\"}";
        return one().send("PUT", "api/v1/me/password", body, who.at(one()));
    }

    /** The answers to two requests that have both compared this password before either gets hold of it, in this order. */
    private static List<HttpResponse<String>> oneAfterTheOther(
            Someone who, Supplier<HttpResponse<String>> first, Supplier<HttpResponse<String>> second) {
        return database
                .jdbi()
                .inTransaction(handle -> {
                    handle.execute("SELECT hash FROM password WHERE person_id = ? FOR UPDATE", who.id());
                    CompletableFuture<HttpResponse<String>> one = CompletableFuture.supplyAsync(first);
                    LockWaits.await(handle, database, 1, one);
                    CompletableFuture<HttpResponse<String>> other = CompletableFuture.supplyAsync(second);
                    LockWaits.await(handle, database, 2, other);
                    return List.of(one, other);
                })
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    @Test
    void all_who_sign_in_at_once_come_in_while_the_hash_of_the_password_is_made_anew() {
        Someone ana = people.member("Ana");
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE password SET hash = ? WHERE person_id = ?", OldHash.of(People.PASSWORD), ana.id()));
        List<CompletableFuture<HttpResponse<String>>> underWay = Stream.of(one(), two(), one(), two())
                .map(node -> CompletableFuture.supplyAsync(() -> People.signIn(node, ana.handle(), People.PASSWORD)))
                .toList();
        assertThat(underWay)
                .extracting(CompletableFuture::join)
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
        String hash = database.jdbi()
                .withHandle(handle -> handle.select("SELECT hash FROM password WHERE person_id = ?", ana.id())
                        .mapTo(String.class)
                        .one());
        assertThat(OldHash.is(hash)).isFalse();
    }

    @Test
    void lists_link_from_page_to_page() {
        database.jdbi().useHandle(handle -> {
            PreparedBatch some = handle.prepareBatch(
                    "INSERT INTO person (id, handle, name, role, created_at) VALUES (?, ?, ?, 'MEMBER', CURRENT_TIMESTAMP)");
            PreparedBatch rooms =
                    handle.prepareBatch("INSERT INTO room (name, created_at) VALUES (?, CURRENT_TIMESTAMP)");
            for (int i = 1_000; i < 1_120; i++) {
                some.add("u-page-" + i, "page." + i, "Page " + i);
                rooms.add("r&d 50%+ {page} ?=" + i);
            }
            some.execute();
            rooms.execute();
        });
        Someone boss = people.administrator();
        assertThat(pages(boss, "people?query=page.", "people", "handle"))
                .isEqualTo(numbered("page."))
                .isEqualTo(pages(boss, "admin/people?query=page.", "people", "handle"));
        assertThat(pages(boss, "rooms?query=50%25%2B%20%7Bpage", "rooms", "name"))
                .isEqualTo(numbered("r&d 50%+ {page} ?="));
    }

    private static List<String> numbered(String name) {
        return IntStream.range(1_000, 1_120).mapToObj(i -> name + i).toList();
    }

    /** What is found by following the links. */
    private static List<String> pages(Someone who, String path, String list, String member) {
        List<String> all = new ArrayList<>();
        Optional<String> next = Optional.of("api/v1/" + path);
        while (next.isPresent()) {
            HttpResponse<String> page = one().get(next.get(), who.at(one()));
            json(page)
                    .getJsonArray(list)
                    .getValuesAs(JsonObject.class)
                    .forEach(each -> all.add(each.getString(member)));
            Matcher link = NEXT.matcher(String.join(",", page.headers().allValues("Link")));
            next = link.find() ? Optional.of(link.group(1)) : Optional.empty();
            assertThat(next.isPresent()).isEqualTo(json(page).containsKey("next"));
        }
        return all;
    }

    @Test
    void changes_cut_sockets_on_the_other_node_within_a_second() {
        Duration limit = Duration.ofSeconds(1);
        everyChangeCutsWithin(limit, "with Redis");
    }

    @Test
    void without_redis_they_do_within_two_seconds() {
        loseRedis();
        everyChangeCutsWithin(Duration.ofSeconds(2), "without Redis");
    }

    private void everyChangeCutsWithin(Duration limit, String circumstances) {
        String when = " " + circumstances;
        assertWithin(
                limit,
                () -> timeToCut(
                        "disabled" + when, 4501, ana -> administrator("PATCH", ana.id(), "{\"disabled\": true}")));
        assertWithin(
                limit,
                () -> timeToCut(
                        "signed out by an administrator" + when,
                        4501,
                        ana -> administrator("POST", ana.id() + "/sign-out", "")));
        assertWithin(
                limit,
                () -> timeToCut(
                        "another role" + when,
                        4409,
                        ana -> administrator("PATCH", ana.id(), "{\"role\": \"ADMINISTRATOR\"}")));
        assertWithin(
                limit,
                () -> timeToCut(
                        "signed out" + when,
                        4501,
                        ana -> assertThat(one().send("DELETE", "api/v1/session", "", ana.at(one()))
                                        .statusCode())
                                .isEqualTo(204)));
        assertWithin(
                limit,
                () -> timeToCut("password reset" + when, 4501, ana -> {
                    String token = resetToken(ana);
                    List<String> fields = List.of("token", token, "password", OTHER_PASSWORD);
                    assertThat(People.submitted(one(), "reset?token=" + token, "reset", fields)
                                    .statusCode())
                            .isEqualTo(303);
                }));
        assertWithin(
                limit,
                () -> timeToCut("another password" + when, 4501, ana -> {
                    Someone elsewhere = people.signedIn(ana.handle()); // the session that does it goes on
                    String body = "{\"current\": \"" + People.PASSWORD + "\", \"new\": \"" + OTHER_PASSWORD + "\"}";
                    assertThat(one().send("PUT", "api/v1/me/password", body, elsewhere.at(one()))
                                    .statusCode())
                            .isEqualTo(204);
                }));
    }

    private static String resetToken(Someone person) {
        return json(one().post(
                                "api/v1/admin/people/" + person.id() + "/reset",
                                "",
                                people.administrator().at(one())))
                .getString("token");
    }

    private Duration timeToCut(String what, int code, Consumer<Someone> change) {
        Someone ana = people.member("Ana");
        try (ChatClient rich = ChatClient.rich(two(), room, ana.at(two()));
                ChatClient plain = ChatClient.plain(two(), room, ana.at(two()))) {
            rich.nextEvent();
            plain.says("hello");
            plain.hears("hello");
            change.accept(ana);
            long start = System.nanoTime(); // it is committed, and whoever did it knows
            assertThat(rich.isSentAway().code()).isEqualTo(code);
            assertThat(plain.isSentAway().code()).isEqualTo(code);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(what + ": cut on the other node after " + time.toMillis() + " ms");
            return time;
        }
    }
}
