/**
 * How things are said on the wire: frames as records, and the only code that turns them into JSON and back.
 *
 * <p>Knows no stores and no sockets. Described for people in {@code docs/protocol.md}, for programs in {@code
 * docs/asyncapi.yaml}.
 */
package chat.foyer.protocol;
