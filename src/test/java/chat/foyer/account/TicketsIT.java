package chat.foyer.account;

import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.SharedServer;
import chat.foyer.user.Secret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets that are opened by a ticket in their address, and what strangers try with it. */
class TicketsIT extends SharedServer {
    private final String room = "tickets-" + UUID.randomUUID();
    private People people;
    private Someone ana;

    @BeforeEach
    void begin() {
        people = People.of(node());
        ana = people.member("Ana");
    }

    private String fetched(String... headers) {
        HttpResponse<String> answer = node().post("api/v1/me/socket-ticket", "", headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return json(answer).getString("ticket");
    }

    private String address(String ticket) {
        return "ws/chat/" + room + "/?session_key=" + ticket;
    }

    private void isRefused(String ticket) {
        assertThat(ChatClient.refusal(node(), address(ticket))).isEqualTo(401);
    }

    private String token(String scope) {
        HttpResponse<String> made = node().post(
                        "api/v1/me/tokens", "{\"label\": \"a test\", \"scope\": \"" + scope + "\"}", ana.at(node()));
        return json(made).getString("token");
    }

    @Test
    void a_ticket_opens_a_socket_as_whoever_fetched_it() {
        String ticket = fetched(ana.at(node()));
        try (ChatClient person = ChatClient.rich(node(), room, ana.at(node()));
                ChatClient page = ChatClient.at(node(), address(ticket))) {
            person.nextEvent();
            page.says("by ticket");
            assertThat(person.nextEvent().getJsonObject("author").getString("id"))
                    .isEqualTo(ana.id());
        }
    }

    @Test
    void a_ticket_lasts_for_thirty_seconds() {
        HttpResponse<String> answer = node().post("api/v1/me/socket-ticket", "", ana.at(node()));
        Duration left =
                Duration.between(Instant.now(), Instant.parse(json(answer).getString("expiresAt")));
        assertThat(left).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(31));
    }

    @Test
    void a_ticket_opens_one_socket() {
        String ticket = fetched(ana.at(node()));
        ChatClient.at(node(), address(ticket)).close();
        isRefused(ticket);
    }

    @Test
    void of_many_who_show_a_ticket_at_once_one_is_let_in() {
        String ticket = fetched(ana.at(node()));
        List<CompletableFuture<Boolean>> tries = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> letsIn(ticket)))
                .limit(8)
                .toList();
        assertThat(tries.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    private boolean letsIn(String ticket) {
        try {
            ChatClient.at(node(), address(ticket)).close();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    @Test
    void forged_tickets_are_refused_in_the_handshake() {
        String ticket = fetched(ana.at(node()));
        isRefused("");
        isRefused("x");
        isRefused(Secret.create());
        isRefused(Secret.hash(ticket));
        isRefused(ticket.substring(1));
        isRefused(ticket + "A");
        isRefused(ticket + "%00");
        isRefused(ticket + ticket);
        isRefused("%20" + ticket);
        isRefused(new StringBuilder(ticket).reverse().toString());
        isRefused(ticket.substring(0, ticket.length() - 1) + (ticket.endsWith("A") ? "E" : "A"));
        isRefused("*".repeat(ticket.length()));
        isRefused("x&session_key=" + ticket);
        isRefused(ana.session()); // never the session itself
        isRefused(token("WRITE"));
        ChatClient.at(node(), address(ticket)).close(); // none of it used the good one up
    }

    @Test
    void a_bad_ticket_is_refused_though_there_is_a_good_cookie() {
        assertThat(ChatClient.refusal(node(), address(Secret.create()), ana.at(node())))
                .isEqualTo(401);
    }

    @Test
    void a_ticket_counts_for_sockets_only() {
        String ticket = fetched(ana.at(node()));
        assertThat(json(node().get("api/v1/me?session_key=" + ticket)).getString("role"))
                .isEqualTo("GUEST");
        ChatClient.at(node(), address(ticket)).close();
    }

    @Test
    void a_ticket_ends_with_its_session() {
        String ticket = fetched(ana.at(node()));
        node().send("DELETE", "api/v1/session", "", ana.at(node()));
        isRefused(ticket);
    }

    @Test
    void a_ticket_ends_with_its_token() {
        String token = token("WRITE");
        String ticket = fetched("Authorization", "Bearer " + token);
        String id = json(node().get("api/v1/me/tokens", ana.at(node())))
                .getJsonArray("tokens")
                .getJsonObject(0)
                .getString("id");
        node().send("DELETE", "api/v1/me/tokens/" + id, "", ana.at(node()));
        isRefused(ticket);
    }

    @Test
    void signing_out_cuts_the_sockets_that_were_opened_by_tickets() {
        try (ChatClient page = ChatClient.at(node(), address(fetched(ana.at(node()))))) {
            page.says("hello");
            page.hears("hello");
            node().send("DELETE", "api/v1/session", "", ana.at(node()));
            assertThat(page.isSentAway().code()).isEqualTo(4501);
        }
    }

    @Test
    void a_ticket_allows_no_more_than_the_token_it_was_fetched_with() {
        String ticket = fetched("Authorization", "Bearer " + token("READ"));
        try (ChatClient reader = ChatClient.at(node(), address(ticket))) {
            reader.says("no");
            assertThat(reader.isSentAway().code()).isEqualTo(4503);
        }
    }

    @Test
    void guests_and_stranger_pages_get_no_ticket() {
        assertThat(node().post("api/v1/me/socket-ticket", "").statusCode()).isEqualTo(403);
        String[] foreign = {"Cookie", "foyer_session=" + ana.session(), "Origin", "https://evil.example"};
        assertThat(node().post("api/v1/me/socket-ticket", "", foreign).statusCode())
                .isEqualTo(403);
        String[] withoutCsrf = {"Cookie", "foyer_session=" + ana.session(), "Origin", node().origin()};
        assertThat(node().post("api/v1/me/socket-ticket", "", withoutCsrf).statusCode())
                .isEqualTo(403);
    }
}
