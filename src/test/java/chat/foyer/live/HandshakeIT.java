package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Deployed;
import chat.foyer.testing.RawSocket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may open a socket, as it is deployed without any setting. */
class HandshakeIT extends Deployed {
    private static final String COOKIE = "foyer_guest=" + "C".repeat(43);

    @Test
    void a_page_of_this_server_may_open_a_socket() {
        String room = UUID.randomUUID().toString();
        try (ChatClient page = ChatClient.plain(node(), room, "Origin", node().origin(), "Cookie", COOKIE)) {
            page.says("hi");
            page.hears("hi");
        }
    }

    @Test
    void it_works_under_localhost_and_under_the_loopback_address() {
        String loopback = node().origin().replace("localhost", "127.0.0.1");
        try (ChatClient page = ChatClient.plain(
                chat.foyer.testing.Node.at(java.net.URI.create(loopback + "/")), "lobby", "Origin", loopback)) {
            assertThat(page.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost",
                "https://localhost:PORT",
                "http://localhost:1",
                "http://localhost:PORT.evil.example",
                "http://evil@localhost:PORT",
                "file://"
            })
    void a_page_of_another_origin_is_refused_before_the_upgrade(String origin) {
        String port = Integer.toString(node().root().getPort());
        assertThat(ChatClient.refusal(
                        node(), "ws/chat/lobby/", "Origin", origin.replace("PORT", port), "Cookie", COOKIE))
                .isEqualTo(403);
    }

    @Test
    void a_program_without_cookies_needs_no_origin_and_a_browser_does() {
        try (ChatClient program = ChatClient.plain(node(), "lobby")) {
            assertThat(program.isConnected()).isTrue();
        }
        assertThat(ChatClient.refusal(node(), "ws/chat/lobby/", "Cookie", COOKIE))
                .isEqualTo(403);
    }

    @Test
    void forwarded_headers_of_a_stranger_do_not_count() {
        assertThat(ChatClient.refusal(
                        node(),
                        "ws/chat/lobby/",
                        "Origin",
                        "https://chat.example.com",
                        "X-Forwarded-Host",
                        "chat.example.com",
                        "X-Forwarded-Proto",
                        "https"))
                .isEqualTo(403);
    }

    @Test
    void one_cookie_is_one_guest_in_every_tab() {
        String room = UUID.randomUUID().toString();
        try (ChatClient tab = ChatClient.rich(node(), room, "Origin", node().origin(), "Cookie", COOKIE);
                ChatClient other = ChatClient.rich(node(), room, "Origin", node().origin(), "Cookie", COOKIE)) {
            assertThat(tab.nextEvent().getJsonObject("you"))
                    .isEqualTo(other.nextEvent().getJsonObject("you"));
        }
    }

    @Test
    void an_address_that_is_no_socket_says_so() {
        assertThat(node().get("ws/chat/lobby/").statusCode()).isEqualTo(426);
    }

    @Test
    void what_is_no_sound_handshake_is_refused() {
        assertThat(RawSocket.statusOf(node(), "GET", "Connection: Upgrade", "Sec-WebSocket-Version: 8"))
                .isEqualTo(400);
        assertThat(RawSocket.statusOf(node(), "GET", "Connection: close", "Sec-WebSocket-Version: 13"))
                .isEqualTo(400);
        assertThat(RawSocket.statusOf(node(), "POST", "Connection: Upgrade", "Sec-WebSocket-Version: 13"))
                .isEqualTo(400);
        assertThat(RawSocket.statusOf(node(), "GET", "Connection: Upgrade", "Sec-WebSocket-Version: 13"))
                .isEqualTo(101);
    }
}
