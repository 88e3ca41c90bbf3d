/**
 * The channel layer over Redis Pub/Sub; the only package that knows Jedis.
 *
 * <p>Nothing here is ever waited for by a chat on this node: Redis may be slow, absent or gone at any time.
 */
package chat.foyer.channel.redis;
