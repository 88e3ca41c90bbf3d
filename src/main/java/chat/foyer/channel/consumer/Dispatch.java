package chat.foyer.channel.consumer;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Says which handler an event is for. Immutable. */
sealed interface Dispatch {

    /** @throws EventRefusedException when it is for none */
    Handler handlerOf(JsonObject event);

    /** All handlers that an event may be for. */
    Collection<Handler> all();

    /** What the event says it is; empty when it does not. */
    static String typeOf(JsonObject event) {
        return event.get("type") instanceof JsonString type ? type.getString() : "";
    }

    /** Every event is for the same handler. */
    record Always(Handler handler) implements Dispatch {
        @Override
        public Handler handlerOf(JsonObject event) {
            return handler;
        }

        @Override
        public Collection<Handler> all() {
            return List.of(handler);
        }
    }

    /**
     * The type of the event names the handler, as in Django Channels.
     *
     * @param handlers by the names of their methods
     */
    record ByType(Map<String, Handler> handlers) implements Dispatch {
        public ByType {
            handlers = Map.copyOf(handlers);
        }

        @Override
        public Handler handlerOf(JsonObject event) {
            String type = typeOf(event);
            if (type.isEmpty()) {
                throw new EventRefusedException("it has no type, a text that names its handler");
            }
            String name = type.replace('.', '_');
            if (name.startsWith("_")) {
                throw new EventRefusedException("a type begins with neither '.' nor '_'");
            }
            Handler handler = handlers.get(name);
            if (handler == null) {
                throw new EventRefusedException("there is no handler called " + name);
            }
            return handler;
        }

        @Override
        public Collection<Handler> all() {
            return handlers.values();
        }
    }
}
