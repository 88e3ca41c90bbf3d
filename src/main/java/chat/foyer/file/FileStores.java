package chat.foyer.file;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.database.Database;
import chat.foyer.database.Dialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import java.util.Optional;

/** Chooses where bytes are kept: where the setting says, else in a PostgreSQL that nodes share, else in the data directory. */
@ApplicationScoped
public class FileStores {

    @Produces
    @ApplicationScoped
    FileStore choose(Configuration configuration, Database database) {
        return of(configuration, database);
    }

    /** The store of this configuration without a container, for tests. */
    public static FileStore of(Configuration configuration, Database database) {
        Optional<Path> shared = configuration.get(Settings.FILES_DIR);
        if (shared.isEmpty() && database.dialect() == Dialect.POSTGRESQL) {
            return new DatabaseFileStore(database);
        }
        Path directory =
                shared.orElseGet(() -> configuration.get(Settings.DATA_DIR).resolve("files"));
        return new DirectoryFileStore(directory);
    }
}
