package chat.foyer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generator against a small server that makes the mistakes which the generator exists to find. */
class SwarmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private FaultyServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultyServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void a_server_without_mistakes_is_found_clean() {
        try (Swarm swarm = swarm()) {
            swarm.run(new ClosedLoop(2), SHORT);
            swarm.settle(PATIENCE);

            assertThat(swarm.tally().complaints()).isEmpty();
            assertThat(swarm.tally().isClean()).isTrue();
            assertThat(swarm.posted()).isGreaterThan(2 * 2);
            assertThat(swarm.delivered()).isEqualTo(swarm.posted() * 3);
            assertThat(swarm.latency().total()).isEqualTo(swarm.delivered());
        }
    }

    @Test
    void a_message_that_one_member_is_not_shown_is_missing() {
        try (Swarm swarm = swarm()) {
            server.plant(FaultyServer.Mistake.DROP);
            swarm.run(new ClosedLoop(2), SHORT);
            swarm.settle(SHORT);

            assertThat(swarm.tally().missing()).isEqualTo(1);
            assertThat(swarm.tally().isClean()).isFalse();
        }
    }

    @Test
    void a_message_that_one_member_is_shown_twice_is_a_duplicate() {
        try (Swarm swarm = swarm()) {
            server.plant(FaultyServer.Mistake.DOUBLE);
            swarm.run(new ClosedLoop(2), SHORT);
            swarm.settle(PATIENCE);

            assertThat(swarm.tally().duplicates()).isEqualTo(1);
        }
    }

    @Test
    void messages_of_a_sender_that_one_member_is_shown_the_wrong_way_round_are_out_of_order() {
        try (Swarm swarm = swarm()) {
            server.plant(FaultyServer.Mistake.SWAP);
            swarm.run(new FixedRate(100), SHORT);
            swarm.settle(PATIENCE);

            assertThat(swarm.tally().outOfOrder()).isEqualTo(1);
            assertThat(swarm.tally().missing()).isZero();
        }
    }

    @Test
    void a_member_whose_connection_is_cut_is_noticed() {
        try (Swarm swarm = swarm()) {
            server.plant(FaultyServer.Mistake.CUT);
            swarm.run(new ClosedLoop(2), SHORT);

            assertThat(swarm.tally().unexpected()).isPositive();
        }
    }

    @Test
    void members_that_read_nothing_count_once_they_read_on() {
        Swarm.Shape shape = new Swarm.Shape(Wire.PLAIN, nodes(), 1, 3, 2, 1, 38);
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.EVERY_DELIVERY)) {
            swarm.open(10, PATIENCE);
            swarm.run(new FixedRate(100), SHORT);
            swarm.settle(PATIENCE);
            assertThat(swarm.delivered()).isEqualTo(swarm.posted() * 2);

            swarm.resumeStalled();
            swarm.settle(PATIENCE);

            assertThat(swarm.delivered()).isEqualTo(swarm.posted() * 3);
            assertThat(swarm.tally().isClean()).isTrue();
        }
    }

    @Test
    void a_handshake_that_is_refused_ends_the_run() {
        Swarm.Shape shape = new Swarm.Shape(Wire.SOCKET_IO, nodes(), 1, 3, 2, 0, 38); // it knows no such address
        try (Swarm swarm = new Swarm(shape, Swarm.Timing.ECHO)) {
            assertThatThrownBy(() -> swarm.open(10, PATIENCE)).hasMessageContaining("404");
        }
    }

    private Swarm swarm() {
        Swarm.Shape shape = new Swarm.Shape(Wire.PLAIN, nodes(), 1, 3, 2, 0, 38);
        Swarm swarm = new Swarm(shape, Swarm.Timing.EVERY_DELIVERY);
        swarm.open(10, PATIENCE);
        return swarm;
    }

    private List<InetSocketAddress> nodes() {
        return List.of(server.address());
    }
}
