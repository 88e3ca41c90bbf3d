/**
 * Every setting of Foyer: its key, its default, what it accepts and what it means; read once at start-up.
 *
 * <p>Knows nothing else of Foyer. Whoever wants a setting injects {@link chat.foyer.config.Configuration}.
 */
package chat.foyer.config;
