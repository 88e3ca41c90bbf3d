/**
 * How a message looks: what its author marked up, whom it mentions and where it leads, as HTML that is safe to show.
 *
 * <p>Knows neither stores nor frames nor the page; a function of the message alone. See {@code
 * docs/decisions/0018-markdown-on-the-server.md}.
 */
package chat.foyer.format;
