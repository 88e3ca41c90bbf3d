/**
 * Running Foyer: start-up checks, the banner, health.
 *
 * <p>An edge: nothing imports it.
 */
package chat.foyer.ops;
