/**
 * What people have read: where they stand in each of their rooms, what is unread and where they are mentioned.
 *
 * <p>Knows no handshakes and decides nothing about doors.
 */
package chat.foyer.reading;
