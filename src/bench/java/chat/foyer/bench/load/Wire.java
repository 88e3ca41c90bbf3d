package chat.foyer.bench.load;

import java.nio.charset.StandardCharsets;

/** How a client of each kind opens a connection, posts, and knows that it is in its room. */
public enum Wire {
    /** {@code {"message": "…"}} both ways; in the room once the socket is open. */
    PLAIN("/ws/chat/%s/", "", "{\"message\": \"", "\"}") {
        @Override
        Reception receive(byte[] bytes, int from, int to) {
            return Reception.UNEXPECTED;
        }
    },

    /** Foyer's rich wire: arrays of events from the server, the first of them {@code welcome}. */
    RICH(
            "/ws/chat/%s/",
            "Sec-WebSocket-Protocol: foyer.v1\r\n",
            "{\"type\": \"message.post\", \"ref\": \"%s\", \"body\": \"",
            "\"}") {
        @Override
        Reception receive(byte[] bytes, int from, int to) {
            if (starts(bytes, from, to, "[{\"type\":\"presence.")) {
                return Reception.NOTHING;
            }
            return starts(bytes, from, to, "[{\"type\":\"welcome\"") ? Reception.JOINED : Reception.UNEXPECTED;
        }
    },

    /** Socket.IO 4 over Engine.IO 4, WebSocket from the start; a {@code welcome} event follows the join. */
    SOCKET_IO("/socket.io/?EIO=4&transport=websocket", "", "42[\"message\",{\"message\":\"", "\"}]") {
        @Override
        Reception receive(byte[] bytes, int from, int to) {
            if (starts(bytes, from, to, "42[\"welcome\"")) {
                return Reception.JOINED;
            }
            if (starts(bytes, from, to, "0{")) {
                return Reception.ENTER;
            }
            if (to - from == 1 && bytes[from] == '2') {
                return Reception.PING;
            }
            return starts(bytes, from, to, "40") ? Reception.NOTHING : Reception.UNEXPECTED;
        }
    };

    /** What a frame without any text of ours means to the client. */
    enum Reception {
        /** It is in its room now. */
        JOINED,
        /** It now says which room it wants. */
        ENTER,
        /** It answers with a pong of its wire. */
        PING,
        /** Nothing has to be done. */
        NOTHING,
        /** Something went wrong, and the frame says what. */
        UNEXPECTED
    }

    /** The key of RFC 6455 §1.3; the same for all, since what it guards against is no concern here. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final String path;
    private final String headers;
    private final String prefix;
    private final byte[] suffix;

    Wire(String path, String headers, String prefix, String suffix) {
        this.path = path;
        this.headers = headers;
        this.prefix = prefix;
        this.suffix = suffix.getBytes(StandardCharsets.US_ASCII);
    }

    abstract Reception receive(byte[] bytes, int from, int to);

    byte[] handshake(String host, String room) {
        return ("GET " + path.formatted(room) + " HTTP/1.1\r\nHost: " + host
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: " + KEY + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Says which room is meant, on a wire whose address does not. */
    byte[] enter(String room) {
        return ("40{\"room\":\"" + room + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] pong() {
        return new byte[] {'3'};
    }

    /** What goes before the text; the ref is new for every message. */
    byte[] before(int sender, int number) {
        String start = this == RICH ? prefix.formatted(sender + "-" + number) : prefix;
        return start.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] after() {
        return suffix;
    }

    private static boolean starts(byte[] bytes, int from, int to, String with) {
        if (to - from < with.length()) {
            return false;
        }
        for (int i = 0; i < with.length(); i++) {
            if (bytes[from + i] != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
