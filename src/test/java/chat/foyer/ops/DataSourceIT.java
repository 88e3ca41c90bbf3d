package chat.foyer.ops;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.PostgresProcess;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.ServerProcess.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A data source of the server's own, found by its JNDI name; defined by the samples that administrators get. */
class DataSourceIT {

    @Test
    void the_data_source_of_the_sample_is_used_by_its_jndi_name() {
        try (PostgresProcess postgres = PostgresProcess.start()) {
            String url = postgres.newDatabase();
            try (ServerProcess server = ServerProcess.startWithDataSource(Kind.current(), url, postgres.user())) {
                try (ChatClient ana = ChatClient.plain(server.node(), "lobby")) {
                    ana.says("kept by PostgreSQL");
                    ana.hears("kept by PostgreSQL");
                }
                assertThat(server.node().get("ops/health/ready").body())
                        .as("nobody can listen through it")
                        .contains("PostgreSQL", "\"bus\":\"memory\"");
            }
            Map<String, String> byUrl = Map.of("foyer.db.url", url, "foyer.db.user", postgres.user());
            try (ServerProcess server = ServerProcess.start(Kind.current(), byUrl)) {
                assertThat(server.node().get("api/v1/rooms/lobby/messages").body())
                        .contains("kept by PostgreSQL");
                assertThat(server.log()).containsPattern("Bus +database \\(");
                assertThat(server.node().get("ops/health/ready").body()).contains("\"bus\":\"database\"");
            }
        }
    }

    @Test
    void a_name_that_the_server_does_not_know_is_explained() {
        Map<String, String> settings = Map.of("foyer.db.jndi", "jdbc/nothing", "foyer.exit-on-failure", "on");
        try (ServerProcess server = ServerProcess.launch(Kind.current(), settings)) {
            assertThat(server.process().onExit().join().exitValue()).isEqualTo(78);
            assertThat(server.log()).contains("foyer.db.jndi: the server has no data source of the name jdbc/nothing");
        }
    }
}
