/**
 * What was said: drafts before they are accepted, messages after.
 *
 * <p>Knows neither sockets nor Redis.
 */
package chat.foyer.message;
