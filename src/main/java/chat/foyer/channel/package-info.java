/**
 * Nodes talk to nodes: channels (named mailboxes) and groups (named sets of channels).
 *
 * <p>Knows no rooms, users or sockets. The one sub-package that speaks to Redis is {@code channel.redis}. The contract stands in
 * {@code docs/channel-layer.md}.
 */
package chat.foyer.channel;
