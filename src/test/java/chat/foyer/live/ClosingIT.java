package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.RawSocket;
import chat.foyer.testing.SharedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A socket that the server ends. */
class ClosingIT extends SharedServer {
    private static final int OTHERS = 4;
    private static final int ROUNDS = 400;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;

    /**
     * Servers use the objects behind a connection again, so one that is taken apart by two threads at once, ours and the one
     * that reads the client's answer, is handed to two others.
     */
    @Test
    void takes_nothing_with_it_that_belongs_to_another() throws Exception {
        String room = "closing-" + UUID.randomUUID();
        int before = log().length();
        ExecutorService threads = Executors.newFixedThreadPool(3 * OTHERS);
        try {
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                String own = room + "-" + i;
                done.add(threads.submit(again(() -> isClosed(room, true))));
                done.add(threads.submit(again(() -> isClosed(room, false))));
                done.add(threads.submit(again(() -> isAnswered(own))));
            }
            for (Future<Integer> rounds : done) {
                assertThat(rounds.get(4, TimeUnit.MINUTES)).isEqualTo(ROUNDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log().substring(before))
                .doesNotContain("NullPointerException")
                .doesNotContain("WELD-000714");
    }

    @Test
    void is_cut_when_the_client_does_not_answer() throws Exception {
        try (RawSocket client = RawSocket.open(node(), "closing-" + UUID.randomUUID())) {
            client.sendFrame(BINARY, new byte[] {1});
            assertThat(client.closeCode()).isEqualTo(1003);
            client.sendText("{\"message\": \"not yet\"}".getBytes());
            assertThat(client.closeCode()).isEqualTo(1006);
        }
    }

    private static Callable<Integer> again(Round round) {
        return () -> {
            int rounds = 0;
            while (rounds < ROUNDS) {
                round.run();
                rounds++;
            }
            return rounds;
        };
    }

    /** One that is sent away, answers as RFC 6455 §7.1.2 asks, and hangs up without waiting, or without a word. */
    private static void isClosed(String room, boolean answers) throws IOException {
        try (RawSocket client = RawSocket.open(node(), room)) {
            client.sendFrame(BINARY, new byte[] {1});
            assertThat(client.closeCode()).isEqualTo(1003);
            if (answers) {
                client.sendFrame(CLOSE, new byte[] {3, (byte) 0xEB});
            }
        }
    }

    /** One that comes, says something, hears it, and goes. */
    private static void isAnswered(String room) {
        try (RawSocket client = RawSocket.open(node(), room)) {
            String said = UUID.randomUUID().toString();
            client.sendText(("{\"message\": \"" + said + "\"}").getBytes());
            assertThat(client.readTexts(1)).singleElement().asString().contains(said);
        }
    }

    private interface Round {
        void run() throws IOException;
    }
}
