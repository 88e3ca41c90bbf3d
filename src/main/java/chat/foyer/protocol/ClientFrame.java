package chat.foyer.protocol;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

/** What a client may say, one record a frame. Types are imperatives. */
@JsonbTypeInfo(
        key = "type",
        value = {@JsonbSubtype(alias = "message.post", type = ClientFrame.PostMessage.class)})
public sealed interface ClientFrame permits ClientFrame.PostMessage, PlainFrame {

    /** Hands this frame to its method of the handler; a new kind of frame does not compile until it is handled. */
    void accept(Handler handler);

    /** What is done with each kind of frame. */
    interface Handler {
        void postMessage(PostMessage frame);

        void plainMessage(PlainFrame frame);
    }

    /**
     * Says something in the room.
     *
     * @param ref the client's own name for the message, which its echo carries back
     * @param body the text
     */
    record PostMessage(String ref, String body) implements ClientFrame {
        @Override
        public void accept(Handler handler) {
            handler.postMessage(this);
        }
    }
}
