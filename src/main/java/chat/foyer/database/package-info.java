/**
 * Where the data lies: which database, its pool, its migrations, its dialect, its identity.
 *
 * <p>Knows no tables of others; each feature's {@code *Store} has its own SQL.
 */
package chat.foyer.database;
