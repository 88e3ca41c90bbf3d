/**
 * Who is connected to this node, room by room, and how what is said reaches them.
 *
 * <p>Knows no SQL and no rules about who may do what.
 */
package chat.foyer.group;
