package chat.foyer.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.foyer.testing.Cluster;
import chat.foyer.testing.Command;
import chat.foyer.testing.Load;
import chat.foyer.testing.ResumingClient;
import chat.foyer.testing.ServerProcess.Unusual;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clocks of two nodes are far apart. */
@ExtendWith(FaultReport.class)
class ClockFaults {

    @Breaks(
            row = 8,
            fault = "one node's clock 10 minutes fast, the other's 10 minutes slow",
            expected = "order unaffected")
    void the_clocks_are_wrong(Row row) {
        assumeTrue(Command.succeeds("faketime", "--version"), "a wrong clock needs faketime on the path");
        try (Cluster cluster = Cluster.start(wrongBy("+10m"), wrongBy("-10m"));
                Load load = new Load()) {
            List<ResumingClient> crowd = load.room(
                    "clock", Load.byTurns(8, cluster.one().node(), cluster.two().node()));
            load.speak(crowd, 10);
            load.run(Duration.ofSeconds(10));
            cluster.redisNetwork().cut();
            load.run(Duration.ofSeconds(5));
            cluster.redisNetwork().mend();
            load.run(Duration.ofSeconds(5));
            row.judged(load.settle(Duration.ofSeconds(60)).judge(cluster.stored()));
        }
    }

    private static Unusual wrongBy(String offset) {
        return Unusual.not().runBy("faketime", "--exclude-monotonic", "-m", "-f", offset);
    }
}
