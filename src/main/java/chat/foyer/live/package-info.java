/**
 * The use cases of a live room: its endpoint, its service and its pages.
 *
 * <p>Knows neither Jedis nor SQL.
 */
package chat.foyer.live;
