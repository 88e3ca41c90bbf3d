/**
 * Beans that receive the events of a channel, on any number of nodes: what to write at a method or class, and the threads that
 * call it.
 *
 * <p>Knows no bus; {@code docs/channel-layer.md} tells how to use it.
 */
package chat.foyer.channel.consumer;
