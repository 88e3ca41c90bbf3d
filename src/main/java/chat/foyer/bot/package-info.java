/**
 * Programs that take part in rooms from within: what any code of the WAR says there, and the site's own bot.
 *
 * <p>Everything is said through the room log, like what people say. Knows no sockets, and no other systems.
 */
package chat.foyer.bot;
