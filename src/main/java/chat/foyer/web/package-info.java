/**
 * The caller of an HTTP request or handshake: from which address, under which host, as whom, from which origin.
 *
 * <p>Knows no rooms.
 */
package chat.foyer.web;
