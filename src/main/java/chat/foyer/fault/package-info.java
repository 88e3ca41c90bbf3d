/**
 * The one list of things that can go wrong, with every rendering of each: wire code, HTTP status, close code, sentence.
 *
 * <p>Knows no transport; each edge translates a {@link chat.foyer.fault.Fault} in one place.
 */
package chat.foyer.fault;
