package chat.foyer.protocol;

import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;

/** Turns what the server says into text; the only code that does. Thread-safe, and called once per wire and batch. */
public final class FrameEncoder implements Encoder.Text<Outgoing> {

    /** The text message that carries this. */
    public static String encodeOnce(Outgoing outgoing) {
        if (outgoing instanceof Batch batch) {
            return Json.BINDING.toJson(batch.events());
        }
        return Json.BINDING.toJson(outgoing);
    }

    @Override
    public String encode(Outgoing outgoing) {
        return encodeOnce(outgoing);
    }

    @Override
    public void init(EndpointConfig config) {
        // nothing to prepare
    }

    @Override
    public void destroy() {
        // nothing to release
    }
}
