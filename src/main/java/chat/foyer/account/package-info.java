/**
 * The use cases and edges about people: sign-in, profile, tokens, administration, and the log of what was done.
 *
 * <p>Knows no SQL and no sockets; what it decides lives in {@code user}.
 */
package chat.foyer.account;
