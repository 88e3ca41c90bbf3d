package chat.foyer.protocol;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;

/** The one JSON-B instance that every encoder and decoder shares: making one costs over a millisecond. Thread-safe. */
final class Json {
    static final Jsonb BINDING = JsonbBuilder.create(new JsonbConfig().withNullValues(false));

    private Json() {}
}
