/**
 * The channel layer over the database that all nodes share: PostgreSQL tells nodes of news by {@code NOTIFY}, H2 is asked again
 * and again. For clusters that need no Redis.
 *
 * <p>Nothing here is ever waited for by a chat on this node, as with Redis; what is stored here is worth a minute.
 */
package chat.foyer.channel.database;
