package chat.foyer.bench.load;

import java.io.ByteArrayOutputStream;

/**
 * Finds the frames of a server (RFC 6455 §5.2) in what a connection has read so far. One for each connection; one thread.
 *
 * <p>It looks at the caller's bytes where they are and copies only a fragmented message.
 */
final class FrameParser {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** Is told what came; the bytes are valid only during the call. */
    interface Sink {
        void text(byte[] bytes, int from, int to);

        void ping(byte[] bytes, int from, int to);

        void close(int code, String reason);
    }

    private final Sink sink;
    private ByteArrayOutputStream fragments; // null unless a fragmented message has begun

    FrameParser(Sink sink) {
        this.sink = sink;
    }

    /**
     * Hands over every whole frame.
     *
     * @return where the first frame begins that is not whole yet; the caller offers these bytes again, with more
     * @throws IllegalStateException when these are no frames of a server
     */
    int parse(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= 2) {
            int first = bytes[at] & 0xff;
            int length = bytes[at + 1] & 0xff;
            int payload = at + 2;
            if ((first & 0x70) != 0 || length > 127) {
                throw new IllegalStateException("A frame with reserved bits, or masked by a server");
            }
            if (length == 126) {
                if (to - at < 4) {
                    return at;
                }
                length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
                payload = at + 4;
            } else if (length == 127) {
                if (to - at < 10) {
                    return at;
                }
                length = longLength(bytes, at + 2);
                payload = at + 10;
            }
            if (to - payload < length) {
                return at;
            }
            at = payload + length;
            frame(first & 0x0f, (first & 0x80) != 0, bytes, payload, at);
        }
        return at;
    }

    private static int longLength(byte[] bytes, int from) {
        long length = 0;
        for (int i = 0; i < 8; i++) {
            length = length << 8 | bytes[from + i] & 0xff;
        }
        if (length < 0 || length > Integer.MAX_VALUE / 2) {
            throw new IllegalStateException("A frame of " + length + " bytes");
        }
        return (int) length;
    }

    private void frame(int opcode, boolean last, byte[] bytes, int from, int to) {
        switch (opcode) {
            case TEXT, CONTINUATION -> {
                if (opcode == TEXT && last) {
                    sink.text(bytes, from, to);
                } else {
                    fragment(last, bytes, from, to);
                }
            }
            case PING -> sink.ping(bytes, from, to);
            case PONG -> {}
            case CLOSE -> {
                int code = to - from < 2 ? 1005 : (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
                sink.close(code, to - from < 2 ? "" : Wire.text(bytes, from + 2, to));
            }
            default -> throw new IllegalStateException("A frame of kind " + opcode);
        }
    }

    private void fragment(boolean last, byte[] bytes, int from, int to) {
        if (fragments == null) {
            fragments = new ByteArrayOutputStream();
        }
        fragments.write(bytes, from, to - from);
        if (last) {
            byte[] whole = fragments.toByteArray();
            fragments = null;
            sink.text(whole, 0, whole.length);
        }
    }
}
