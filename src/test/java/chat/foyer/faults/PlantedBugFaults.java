package chat.foyer.faults;

import static org.awaitility.Awaitility.await;

import chat.foyer.testing.Load;
import chat.foyer.testing.PatchedWar;
import chat.foyer.testing.SameRef;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import chat.foyer.testing.ServerProcess.Unusual;
import chat.foyer.testing.StoredMessages;
import chat.foyer.testing.checker.Checker;
import chat.foyer.testing.checker.ClientLog;
import chat.foyer.testing.checker.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves the checker: bugs of the kind it is made for, planted in the running server, which it must find. */
@ExtendWith(FaultReport.class)
class PlantedBugFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ServerProcess start(PatchedWar bug) {
        return ServerProcess.start(Kind.current(), Map.of(), Unusual.not().withWar(bug.war()));
    }

    @Breaks(
            row = 1,
            fault = "planted: acknowledged and shown before the commit; then kill -9",
            expected = "the checker finds lost messages and phantoms")
    void shown_before_the_commit(Row row) {
        PatchedWar bug = PatchedWar.built().inClass("chat.foyer.message.CommitStore", """
                    public List<Outcome> commit(List<Change> changes) {
                        return database.jdbi().inTransaction(handle -> {
                """, """
                    private List<Outcome> early(org.jdbi.v3.core.HandleCallback<List<Outcome>, RuntimeException> work) {
                        Handle handle = database.jdbi().open();
                        handle.begin();
                        List<Outcome> outcomes = work.withHandle(handle);
                        java.util.concurrent.CompletableFuture.delayedExecutor(200, java.util.concurrent.TimeUnit.MILLISECONDS)
                                .execute(() -> {
                                    handle.commit();
                                    handle.close();
                                });
                        return outcomes;
                    }

                    public List<Outcome> commit(List<Change> changes) {
                        return early(handle -> {
                """);
        try (ServerProcess server = start(bug);
                Load load = new Load()) {
            load.speak(load.room("early", Load.at(4, server.node())), 20);
            await().atMost(PATIENCE).until(() -> load.answered() > 200);
            server.kill();
            Verdict verdict = load.judge(StoredMessages.in(server.dataDirectory()));
            row.measured("lost", verdict.count(Verdict.Kind.LOST), "messages");
            row.measured("phantoms", verdict.count(Verdict.Kind.PHANTOM), "");
            row.holds(
                    "the checker finds it",
                    verdict.count(Verdict.Kind.LOST) > 0 && verdict.count(Verdict.Kind.PHANTOM) > 0);
        }
    }

    @Breaks(
            row = 2,
            fault = "planted: one of 1,000 messages is not relayed to the clients",
            expected = "the checker finds missed messages")
    void one_relay_of_a_thousand_is_dropped(Row row) {
        PatchedWar bug = PatchedWar.built().inClass("chat.foyer.group.RoomFeed", """
                        batch.add(new Released(message, superseded.isNews(message)));
                """, """
                        if (message.rev() % 1_000 != 0) {
                            batch.add(new Released(message, superseded.isNews(message)));
                        }
                """);
        try (ServerProcess server = start(bug);
                Load load = new Load()) {
            load.speak(load.room("dropped", Load.at(4, server.node())), 90);
            await().atMost(PATIENCE).until(() -> load.answered() > 3_000);
            load.settle(Duration.ofSeconds(3));
            server.stop();
            Verdict verdict = load.judge(StoredMessages.in(server.dataDirectory()));
            row.measured("missed", verdict.count(Verdict.Kind.MISSED), "deliveries of " + verdict.seen());
            row.holds(
                    "the checker finds it",
                    verdict.count(Verdict.Kind.MISSED) > 0 && verdict.count(Verdict.Kind.LOST) == 0);
        }
    }

    @Breaks(
            row = 3,
            fault = "planted: refs are not looked up and their index is not unique",
            expected = "the checker finds duplicates")
    void refs_are_not_unique(Row row) {
        PatchedWar bug = PatchedWar.built()
                .inResource(
                        "db/migration/V1__rooms_and_messages.sql",
                        "CREATE UNIQUE INDEX message_ref",
                        "CREATE INDEX message_ref")
                .inClass(
                        "chat.foyer.message.CommitStore",
                        " FROM message m JOIN room r ON r.id = m.room_id WHERE m.ref = ANY(:refs)",
                        " FROM message m JOIN room r ON r.id = m.room_id WHERE FALSE AND m.ref = ANY(:refs)");
        try (ServerProcess server = start(bug)) {
            String room = "same-" + UUID.randomUUID();
            ClientLog log = SameRef.fire(room, 20, List.of(server.node()));
            server.stop();
            Verdict verdict = Checker.judge(
                    List.of(log), StoredMessages.in(server.dataDirectory()).of(room));
            row.measured("duplicates", verdict.count(Verdict.Kind.DUPLICATE), "");
            row.holds("the checker finds it", verdict.count(Verdict.Kind.DUPLICATE) > 0);
        }
    }
}
