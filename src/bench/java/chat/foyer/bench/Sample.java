package chat.foyer.bench;

import java.util.Map;

/**
 * What one scenario brought on one fresh server.
 *
 * @param wire empty for what has nothing to do with one
 * @param figures by the names of {@link Figure}
 * @param fault why it does not count; empty when it does
 */
public record Sample(
        String scenario, Contender contender, String wire, int round, Map<String, Double> figures, String fault) {}
