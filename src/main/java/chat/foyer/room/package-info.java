/**
 * Which rooms exist, what they are called and who may enter them.
 *
 * <p>Knows no messages, no sockets and no HTTP.
 */
package chat.foyer.room;
