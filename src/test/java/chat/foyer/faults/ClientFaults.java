package chat.foyer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Load;
import chat.foyer.testing.Node;
import chat.foyer.testing.RawSocket;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ResumingClient.Span;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.StoredMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that do not read, vanish, or send what they must not, beside others that want to chat. */
@ExtendWith(FaultReport.class)
class ClientFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SPAN = Duration.ofSeconds(15);
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private ServerProcess server;

    @BeforeEach
    void start() {
        server = ServerProcess.start(Kind.current(), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Breaks(
            row = 40,
            fault = "of 40 members 4 read slowly and 8 stop reading, 4 of them for good",
            expected = "others' p99 ≤ 1.2×; who reads again gets everything or a resync; closed after 60 s stuck")
    void readers_are_slow_or_stop(Row row) {
        try (Load load = new Load()) {
            List<ResumingClient> everybody = load.room("readers", Load.at(40, server.node()));
            List<ResumingClient> others = everybody.subList(12, 40);
            load.speak(others.subList(0, 6), 5);
            load.speakAtLength(others.subList(0, 2), 5);
            load.run(WARM_UP);
            long threads = server.threads();
            double heap = server.heapMegabytes();
            Span before = load.during(SPAN);

            everybody.subList(0, 4).forEach(client -> client.readsSlowly(Duration.ofMillis(500)));
            everybody.subList(4, 12).forEach(ResumingClient::stopsReading);
            long stopped = System.nanoTime();
            load.run(WARM_UP);
            Span during = load.during(SPAN);
            row.comparedTo("others' p99", others, before, during, 1.2);
            row.atMost("more heap", server.heapMegabytes() - heap, 12, "MiB");
            everybody.subList(4, 8).forEach(ResumingClient::readsOn);
            await("the stuck are closed")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> server.node().reports("connections") <= 36);
            row.atMost("the stuck closed after", (System.nanoTime() - stopped) / 1e9, 75, "s");
            row.holds(
                    "the slow ones are still there",
                    everybody.subList(0, 4).stream().allMatch(ResumingClient::isLive));
            everybody.forEach(ResumingClient::readsOn);
            load.settle(PATIENCE);
            row.atMost("more threads", server.threads() - threads, 20, "");
            row.atMost("more heap in the end", server.heapMegabytes() - heap, 64, "MiB");
            server.stop();
            row.judged(load.judge(StoredMessages.in(server.dataDirectory())));
        }
    }

    @Breaks(
            row = 41,
            fault = "100 sockets end by TCP reset, 100 by half close",
            expected = "noticed ≤ 1 s; the registry is back to its real size")
    void sockets_end_without_a_word(Row row) {
        try (Load load = new Load()) {
            List<ResumingClient> others = load.room("others", Load.at(6, server.node()));
            load.speak(others, 10);
            String room = "gone-" + UUID.randomUUID();
            for (boolean reset : new boolean[] {true, false}) {
                List<RawSocket> doomed = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    doomed.add(RawSocket.open(server.node(), room));
                }
                assertThat(server.node().reports("connections")).isEqualTo(106);
                long gone = System.nanoTime();
                doomed.forEach(reset ? RawSocket::reset : RawSocket::closeHalf);
                await("the registry is back to its real size")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> server.node().reports("connections") == 6);
                row.atMost(
                        reset ? "resets noticed after" : "half closes noticed after",
                        (System.nanoTime() - gone) / 1e9,
                        1,
                        "s");
                doomed.forEach(RawSocket::close);
            }
            load.settle(PATIENCE);
            server.stop();
            row.judged(load.judge(StoredMessages.in(server.dataDirectory())));
        }
    }

    private interface Attack {
        void on(RawSocket socket) throws IOException;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What no client may send on the plain wire, by the code that must answer it. */
    private static Map<String, Attack> attacks() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put("1002 an opcode that is none", socket -> socket.sendFrame(0x83, bytes("x")));
        attacks.put("1002 a reserved bit", socket -> socket.sendFrame(0xC1, bytes("x")));
        if (Kind.current() == Kind.WILDFLY) { // Tyrus reads such a frame all the same, before anything of ours sees it
            attacks.put("1002 no mask", socket -> socket.sendUnmasked(bytes("{\"message\":\"x\"}")));
        }
        attacks.put("1002 a continuation of nothing", socket -> socket.sendFrame(0x80, bytes("x")));
        attacks.put("1002 a long ping", socket -> socket.sendFrame(0x89, new byte[126]));
        attacks.put("1003 binary", socket -> socket.sendFrame(BINARY, new byte[] {1, 2, 3}));
        attacks.put("1007 bad UTF-8", socket -> socket.sendFrame(TEXT, new byte[] {(byte) 0xC3, 0x28}));
        attacks.put("1007 no JSON", socket -> socket.sendFrame(TEXT, bytes("{\"message\":")));
        attacks.put(
                "1008 deep JSON",
                socket -> socket.sendFrame(TEXT, bytes("{\"message\":\"x\",\"y\":" + "[".repeat(20_000))));
        attacks.put("1009 a large frame", socket -> socket.sendFrame(TEXT, new byte[70_000]));
        attacks.put(
                "1009 a long message",
                socket -> socket.sendFrame(TEXT, bytes("{\"message\":\"" + "x".repeat(4_001) + "\"}")));
        return attacks;
    }

    @Breaks(
            row = 42,
            fault = "100,000 fuzzed frames, and every kind of forbidden frame",
            expected = "the right close code (1002, 1003, 1007, 1008, 1009); heap ≤ +64 MiB; others unaffected")
    void frames_are_fuzzed(Row row) throws IOException {
        try (Load load = new Load()) {
            Node node = server.node();
            List<ResumingClient> others = load.room("others", Load.at(6, node));
            load.speak(others, 10);
            fuzz(node, 20_000, load); // the server compiles what it needs for them, and its pools grow once
            load.run(WARM_UP);
            double heap = server.heapMegabytes();
            long threads = server.threads();
            Span before = load.during(SPAN);
            long logged = server.logEntries();
            long start = System.nanoTime();
            for (Map.Entry<String, Attack> attack : attacks().entrySet()) {
                String expected = attack.getKey().substring(0, 4);
                Set<String> codes = new TreeSet<>();
                for (int i = 0; i < 10 && Set.of(expected).containsAll(codes); i++) {
                    codes.add(closeCodeAfter(attack.getValue(), node));
                }
                row.holds(
                        attack.getKey().substring(5) + " is closed with " + expected
                                + (codes.equals(Set.of(expected)) ? "" : ", not " + codes),
                        codes.equals(Set.of(expected)));
            }
            int closed = fuzz(node, 100_000, load);
            Span during = new Span(start, System.nanoTime());
            row.measured("connections that the random frames ended", closed, "");
            row.comparedTo("others' p99", others, before, during, 1.2);
            row.atMost("log lines per second", (server.logEntries() - logged) / ((during.to() - start) / 1e9), 1, "");
            await("the fuzzers are forgotten").atMost(PATIENCE).until(() -> node.reports("connections") == 6);
            row.atMost("more heap", server.heapMegabytes() - heap, 64, "MiB");
            row.atMost("more threads", server.threads() - threads, 20, "");
            load.settle(PATIENCE);
            server.stop();
            row.judged(load.judge(StoredMessages.in(server.dataDirectory())));
        }
    }

    private static String closeCodeAfter(Attack attack, Node node) {
        try (RawSocket socket = RawSocket.open(node, "fuzz-" + UUID.randomUUID())) {
            try {
                attack.on(socket);
            } catch (IOException quicker) {
                // the server has closed the connection before it had read everything
            }
            return Integer.toString(socket.closeCode());
        } catch (UncheckedIOException e) {
            return e.getMessage();
        }
    }

    /** Sends so many frames that were valid once, some 2,000 a second over 20 sockets; tells how many sockets that cost. */
    private static int fuzz(Node node, int frames, Load load) {
        long seed = 20261120;
        Random random = new Random(seed);
        String room = "fuzz-" + UUID.randomUUID();
        List<RawSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(RawSocket.openRich(node, room));
        }
        int closed = 0;
        for (int i = 0; i < frames; i++) {
            int turn = i % sockets.size();
            try {
                sockets.get(turn).sendFrame(TEXT, mutant(random));
                sockets.get(turn).drain();
            } catch (IOException ended) {
                closed++;
                sockets.get(turn).close();
                sockets.set(turn, RawSocket.openRich(node, room));
            }
            if (i % 100 == 0) {
                load.run(Duration.ofMillis(40)); // a steady stream; in bursts they would queue behind each other
            }
        }
        sockets.forEach(RawSocket::close);
        return closed;
    }

    private static byte[] mutant(Random random) {
        List<String> valid = List.of(
                "{\"type\":\"message.post\",\"ref\":\"7c9e6679\",\"body\":\"build is gren\"}",
                "{\"type\":\"message.edit\",\"ref\":\"e03e\",\"message\":\"0198c2f0-5c1e-7aa0-8d3b-6f1f0c9a7e11\",\"body\":\"x\"}",
                "{\"type\":\"message.delete\",\"ref\":\"5f0a\",\"message\":\"0198c2f0-5c1e-7aa0-8d3b-6f1f0c9a7e11\"}",
                "{\"type\":\"backlog.fetch\",\"before\":451,\"limit\":50}");
        StringBuilder text = new StringBuilder(valid.get(random.nextInt(valid.size())));
        for (int changes = 1 + random.nextInt(5); changes > 0 && text.length() > 2; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 2 -> text.insert(at, "[".repeat(1 + random.nextInt(40)));
                case 3 -> text.insert(at, text.substring(0, at));
                default -> text.setLength(at + 1);
            }
        }
        byte[] bytes = bytes(text.toString());
        if (random.nextInt(100) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(128)); // hardly ever valid UTF-8
        }
        return bytes;
    }
}
