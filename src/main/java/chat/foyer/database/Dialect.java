package chat.foyer.database;

/** The databases that Foyer speaks with. */
public enum Dialect {
    /** One node, in a file of its own; for small sites. */
    H2,
    /** Any number of nodes. */
    POSTGRESQL;

    static Dialect of(String productName) {
        return switch (productName) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new chat.foyer.config.ConfigurationException(
                        "foyer.db.url: " + productName + " is not supported; use PostgreSQL, or leave it unset for H2");
        };
    }
}
