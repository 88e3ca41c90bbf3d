package chat.foyer.protocol;

/** The two ways to speak on a chat socket; which one holds is settled in the handshake. */
public enum Wire {
    /** Text frames {@code {"message": "…"}} both ways and nothing else, as in the Django Channels tutorial. */
    PLAIN,
    /** Typed JSON events, offered by the client as WebSocket subprotocol {@value #SUBPROTOCOL}. */
    RICH;

    /** The name of the rich wire in {@code Sec-WebSocket-Protocol}. */
    public static final String SUBPROTOCOL = "foyer.v1";

    /** The wire that this negotiated subprotocol stands for. */
    public static Wire of(String negotiatedSubprotocol) {
        return SUBPROTOCOL.equals(negotiatedSubprotocol) ? RICH : PLAIN;
    }
}
