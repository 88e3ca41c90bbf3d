package chat.foyer.user;

import chat.foyer.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;

/** The SQL of what administrators decide about the site. Thread-safe. */
@ApplicationScoped
public class SiteStore {

    @Inject
    Database database;

    public Site site() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT site_name, language, guests, registration FROM installation")
                        .map((row, context) -> new Site(
                                row.getString("site_name"),
                                row.getString("language"),
                                row.getBoolean("guests"),
                                row.getBoolean("registration")))
                        .one());
    }

    public void change(Site site) {
        database.jdbi().useHandle(handle -> change(handle, site));
    }

    /** The same in this transaction; holds the lock of the installation's row until its end. */
    static void change(Handle handle, Site site) {
        handle.createUpdate("""
                        UPDATE installation
                        SET site_name = :name, language = :language, guests = :guests, registration = :registration
                        """)
                .bind("name", site.name())
                .bind("language", site.language())
                .bind("guests", site.guests())
                .bind("registration", site.registration())
                .execute();
    }
}
