/**
 * Channel layers side by side: Foyer's and the one of Django Channels over Redis. Each runs in a program of its own that gets
 * the same orders. Knows no servers and no sockets.
 */
package chat.foyer.bench.layer;
