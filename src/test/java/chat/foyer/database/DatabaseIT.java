package chat.foyer.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.config.ConfigurationException;
import chat.foyer.testing.BothDatabases;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a database must be like, checked at start. */
class DatabaseIT extends BothDatabases {

    @Test
    void a_database_at_another_isolation_level_is_refused_with_what_to_do() {
        Map<String, String> settings = settings(Kind.POSTGRESQL);
        settings.computeIfPresent(
                "foyer.db.url", (key, url) -> url + "?options=-c%20default_transaction_isolation=serializable");
        assertThatThrownBy(() -> database(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("foyer.db.url: transactions run at the isolation level SERIALIZABLE")
                .hasMessageContaining("default_transaction_isolation");
    }
}
