/**
 * Running Foyer: start-up checks, the banner, health, and the administrator's commands for scripts.
 *
 * <p>An edge: nothing imports it.
 */
package chat.foyer.ops;
