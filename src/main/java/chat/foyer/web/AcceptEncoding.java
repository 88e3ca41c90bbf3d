package chat.foyer.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How willingly a client takes which content codings (RFC 9110 §12.5.3). Immutable.
 *
 * @param weights by coding, in small letters; {@code *} stands for all that are not named
 */
record AcceptEncoding(Map<String, Double> weights) {

    /** @param header its lines joined by commas; empty where there is none */
    static AcceptEncoding of(String header) {
        Map<String, Double> weights = new HashMap<>();
        for (String item : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = item.split(";", 2);
            weights.put(parts[0].strip(), parts.length == 1 ? 1 : weight(parts[1].replaceAll("\\s", "")));
        }
        return new AcceptEncoding(weights);
    }

    /** What cannot be read is no wish for anything. */
    private static double weight(String parameter) {
        return parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)") ? Double.parseDouble(parameter.substring(2)) : 0;
    }

    /** Whether it is to be compressed by gzip: it is taken, and not less willingly than as it is. */
    boolean prefersGzip() {
        double others = weights.getOrDefault("*", 0.0);
        double gzip = weights.getOrDefault("gzip", weights.getOrDefault("x-gzip", others));
        return gzip > 0 && gzip >= weights.getOrDefault("identity", others);
    }
}
