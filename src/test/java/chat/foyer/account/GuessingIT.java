package chat.foyer.account;

import static chat.foyer.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import jakarta.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passwords are guessed, as strangers do: many at once, from one address and from many. */
class GuessingIT {
    private static final ExecutorService STRANGERS = Executors.newFixedThreadPool(20);

    private static ServerProcess server;
    private static People people;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(
                Kind.current(), Map.of("foyer.setup-token", People.SETUP_TOKEN, "foyer.trusted-proxies", "127.0.0.1"));
        people = People.of(server.node());
    }

    @AfterAll
    static void stop() {
        STRANGERS.shutdownNow();
        server.close();
    }

    private static HttpResponse<String> signIn(String handle, String password, String address) {
        Node node = server.node();
        String body = Json.createObjectBuilder()
                .add("name", handle)
                .add("password", password)
                .build()
                .toString();
        return node.post("api/v1/session", body, "X-Forwarded-For", address);
    }

    private static List<HttpResponse<String>> guesses(String handle, String address, int count) {
        List<CompletableFuture<HttpResponse<String>>> underWay = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> signIn(handle, "guess " + i, address), STRANGERS))
                .toList();
        return underWay.stream().map(CompletableFuture::join).toList();
    }

    /** After how many seconds the next may be made; 0 when this one was made. */
    private static int wait(HttpResponse<String> answer) {
        return answer.headers().firstValue("Retry-After").map(Integer::valueOf).orElse(0);
    }

    private static long tried(List<HttpResponse<String>> answers) {
        return answers.stream().filter(answer -> answer.statusCode() == 401).count();
    }

    @Test
    void a_hundred_guesses_are_slowed_down_and_the_owner_comes_in_from_elsewhere() {
        Someone ana = people.member("Ana");
        List<HttpResponse<String>> answers = guesses(ana.handle(), "10.0.0.1", 100);
        assertThat(tried(answers)).as("however many come at once").isBetween(5L, 10L);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 401)
                .isNotEmpty()
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(wait(answer)).isBetween(1, 60);
                });
        await("a wait of some seconds").until(() -> wait(signIn(ana.handle(), "guess", "10.0.0.1")) > 3);
        assertThat(signIn(ana.handle(), PASSWORD, "10.0.0.1").statusCode())
                .as("a right guess among many is not made either")
                .isEqualTo(429);
        assertThat(signIn(ana.handle(), PASSWORD, "10.0.0.2").statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_tells_whether_there_is_such_an_account() {
        List<HttpResponse<String>> known = guesses(people.member("Ana").handle(), "10.1.0.1", 30);
        List<HttpResponse<String>> unknown = guesses("nobody.of.that.name", "10.1.0.2", 30);
        assertThat(tried(unknown)).isBetween(5L, 10L);
        assertThat(tried(known)).isBetween(5L, 10L);
        assertThat(sentences(unknown)).isEqualTo(sentences(known)).hasSize(2);
    }

    private static Set<String> sentences(List<HttpResponse<String>> answers) {
        return answers.stream()
                .map(answer -> answer.body().replaceAll("\\d+ seconds", "n seconds"))
                .collect(Collectors.toSet());
    }

    @Test
    void an_address_that_tries_many_accounts_waits_too() {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(signIn("somebody" + i, PASSWORD, "10.2.0.1"));
        }
        assertThat(tried(answers)).isBetween(20L, 25L);
    }

    @Test
    void addresses_that_a_stranger_invents_do_not_count() {
        Someone ana = people.member("Ana");
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(signIn(
                    ana.handle(), "guess " + i, "203.0.113." + i + ", 10.6.0.1")); // the last is the proxy's word
        }
        assertThat(tried(answers)).isBetween(5L, 10L);
    }

    @Test
    void an_account_that_is_tried_from_everywhere_stays_open_to_its_owner_every_ten_seconds() {
        Someone ana = people.member("Ana");
        for (int i = 0; i < 60; i++) {
            signIn(ana.handle(), "guess " + i, "10.3.0." + i);
        }
        AtomicInteger strangers = new AtomicInteger();
        await("a wait of some seconds")
                .atMost(Duration.ofSeconds(30))
                .until(() -> wait(signIn(ana.handle(), "guess", "10.7." + strangers.getAndIncrement() + ".1")) > 3);
        HttpResponse<String> owner = signIn(ana.handle(), PASSWORD, "10.4.0.1");
        assertThat(owner.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(owner.headers().firstValue("Retry-After").orElseThrow()))
                .isLessThanOrEqualTo(10);
    }

    @Test
    void slips_are_forgotten_with_the_right_password() {
        Someone ana = people.member("Ana");
        for (int i = 0; i < 4; i++) {
            for (int slip = 0; slip < 4; slip++) {
                assertThat(signIn(ana.handle(), "slip", "10.5.0." + i).statusCode())
                        .isEqualTo(401);
            }
            assertThat(signIn(ana.handle(), PASSWORD, "10.5.0." + i).statusCode())
                    .isEqualTo(200);
        }
    }
}
