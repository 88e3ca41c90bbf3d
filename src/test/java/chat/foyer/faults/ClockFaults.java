package chat.foyer.faults;

import chat.foyer.testing.Cluster;
import chat.foyer.testing.Load;
import chat.foyer.testing.PatchedWar;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ServerProcess.Unusual;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clocks of two nodes are far apart, as far as the log reads them; faketime makes a JVM ten times slower. */
@ExtendWith(FaultReport.class)
class ClockFaults {

    @Breaks(
            row = 8,
            fault = "one node's clock 10 minutes fast, the other's 10 minutes slow; Redis away for 5 s meanwhile",
            expected = "order unaffected")
    void the_clocks_are_wrong(Row row) throws SQLException {
        try (Cluster cluster = Cluster.start(wrongBy("plusSeconds(600)"), wrongBy("minusSeconds(600)"));
                Load load = new Load()) {
            List<ResumingClient> crowd = load.room(
                    "clock", Load.byTurns(8, cluster.one().node(), cluster.two().node()));
            load.speak(crowd, 10);
            load.run(Duration.ofSeconds(5));
            cluster.redisNetwork().cut();
            load.run(Duration.ofSeconds(5));
            cluster.redisNetwork().mend();
            load.run(Duration.ofSeconds(5));
            load.settle(Duration.ofSeconds(60));
            double apart = minutesApart(cluster);
            row.measured("the times of the messages are apart", apart, "min");
            row.holds("the clocks were wrong", apart > 19);
            row.judged(load.judge(cluster.stored()));
        }
    }

    private static double minutesApart(Cluster cluster) throws SQLException {
        try (Connection connection = cluster.stored().connect()) {
            ResultSet row = connection
                    .createStatement()
                    .executeQuery("SELECT extract(epoch FROM max(posted_at) - min(posted_at)) / 60 FROM message");
            row.next();
            return row.getDouble(1);
        }
    }

    private static Unusual wrongBy(String offset) {
        PatchedWar war = PatchedWar.built()
                .inClass(
                        "chat.foyer.message.CommitStore",
                        "Instant now = Instant.now().truncatedTo",
                        "Instant now = Instant.now()." + offset + ".truncatedTo");
        return Unusual.not().withWar(war.war());
    }
}
