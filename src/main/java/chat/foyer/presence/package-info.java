/**
 * Who is in which room and who is online, on all nodes together. In memory and on the bus only; nothing here is truth.
 *
 * <p>Knows no messages and no SQL. Separate from the groups of the channel layer, which cannot be listed.
 */
package chat.foyer.presence;
