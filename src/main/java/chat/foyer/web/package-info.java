/**
 * The caller of an HTTP request or handshake: from which address, under which host, as whom, from which origin,
 * and the JSON that they bring; and the files that pages are made of.
 *
 * <p>Knows no rooms.
 */
package chat.foyer.web;
