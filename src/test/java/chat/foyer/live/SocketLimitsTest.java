package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.fault.Fault;
import chat.foyer.group.Connection;
import chat.foyer.group.Outbox;
import chat.foyer.protocol.Wire;
import chat.foyer.room.RoomName;
import chat.foyer.testing.TestConfiguration;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {
    private final SocketLimits limits = new SocketLimits();

    @BeforeEach
    void configure() {
        limits.configuration =
                TestConfiguration.of(Map.of("foyer.limits.sockets", "2", "foyer.limits.sockets-per-address", "3"));
    }

    private static Connection of(String user) {
        return new Connection(
                new RoomName("lobby"),
                Identity.ofGuest(new User(user, user, true)),
                InetAddress.getLoopbackAddress(),
                Wire.PLAIN,
                Words.ENGLISH,
                new Outbox(Runnable::run, later -> {}),
                0);
    }

    private void assertRefused(Connection connection) {
        assertThatThrownBy(() -> limits.admit(connection)).extracting("fault").isEqualTo(Fault.TOO_MANY_SOCKETS);
    }

    @Test
    void each_user_and_each_address_has_a_limit() {
        Connection first = of("ana");
        limits.admit(first);
        limits.admit(of("ana"));
        assertRefused(of("ana"));
        limits.admit(of("bo"));
        assertRefused(of("cy"));
        limits.release(first);
        limits.admit(of("cy"));
    }

    @Test
    void who_is_released_twice_counts_once() {
        Connection first = of("ana");
        limits.admit(first);
        limits.admit(of("ana"));
        limits.release(first);
        limits.release(first);
        limits.admit(of("ana"));
        assertRefused(of("ana"));
    }

    @Test
    void who_was_refused_has_nothing_to_release() {
        limits.admit(of("ana"));
        limits.admit(of("ana"));
        Connection refused = of("ana");
        assertRefused(refused);
        limits.release(refused);
        assertRefused(of("ana"));
    }
}
