package chat.foyer.testing;

import chat.foyer.database.Database;
import chat.foyer.user.User;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of stores against both databases, each test with a new one. Its tests run one after the other; all classes share one
 * PostgreSQL. No server is involved, so once is enough for all of them.
 */
@Tag("no-server")
public abstract class BothDatabases {
    /** Which database. */
    public enum Kind {
        H2,
        POSTGRESQL
    }

    protected static PostgresProcess postgres; // ends with this JVM

    @TempDir
    Path directory;

    protected final List<Database> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        if (postgres == null) {
            postgres = PostgresProcess.start();
        }
    }

    @AfterEach
    void close() {
        opened.forEach(Database::close);
    }

    /** The settings of a new database. */
    protected final Map<String, String> settings(Kind kind) {
        Map<String, String> settings = new HashMap<>();
        settings.put("foyer.data-dir", directory.toString());
        if (kind == Kind.POSTGRESQL) {
            settings.put("foyer.db.url", postgres.newDatabase());
            settings.put("foyer.db.user", postgres.user());
        }
        return settings;
    }

    /** Adds people with accounts; the handle of each is the rest of the id after {@code u-}. */
    protected static void add(Database database, List<User> people) {
        for (User person : people) {
            database.jdbi()
                    .useHandle(handle -> handle.createUpdate("""
                                    INSERT INTO person (id, handle, name, role, created_at)
                                    VALUES (:id, :handle, :name, 'MEMBER', CURRENT_TIMESTAMP)
                                    """)
                            .bind("id", person.id())
                            .bind("handle", person.id().substring(2))
                            .bind("name", person.name())
                            .execute());
        }
    }

    /** Opens the database of these settings until the test is over; again, when it was opened before. */
    protected final Database database(Map<String, String> settings) {
        Database database = Database.open(TestConfiguration.of(settings));
        opened.add(database);
        return database;
    }

    /** A new database. */
    protected final Database database(Kind kind) {
        return database(settings(kind));
    }
}
