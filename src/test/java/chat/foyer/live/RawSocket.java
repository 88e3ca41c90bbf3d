package chat.foyer.live;

import chat.foyer.testing.Node;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that does what no library would: sends broken frames, and reads nothing until it is told to. */
final class RawSocket implements AutoCloseable {
    private static final int READ_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Opens a socket of the plain wire; a small receive buffer lets a stall be felt soon. */
    static RawSocket open(Node node, String room) {
        return open(node, "ws/chat/" + room + "/", node.root().getAuthority());
    }

    static RawSocket open(Node node, String path, String host) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(
                    new java.net.InetSocketAddress(
                            node.root().getHost(), node.root().getPort()),
                    READ_MILLIS);
            socket.getOutputStream().write(request(node, path, host));
            RawSocket raw = new RawSocket(socket);
            raw.readHead();
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(Node node, String path, String host) {
        String request = "GET " + node.root().getRawPath() + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        return request.getBytes(StandardCharsets.UTF_8);
    }

    private void readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        if (!head.toString(StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101")) {
            throw new IOException("No handshake: " + head);
        }
    }

    /** Sends these bytes as one text frame. */
    void sendText(byte[] bytes) {
        try {
            sendFrame(0x81, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a frame of fewer than 126 bytes, masked with zeros. */
    private void sendFrame(int head, byte[] bytes) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        frame.write(0x80 | bytes.length);
        frame.write(new byte[4]);
        frame.write(bytes);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Reads frames until the close frame and returns its code. */
    int closeCode() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                byte[] payload = in.readNBytes(payloadLength());
                if (opcode == 8) {
                    return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to read, answers pings as every client does, and returns the next so many texts. */
    List<String> readTexts(int count) {
        List<String> texts = new ArrayList<>();
        try {
            while (texts.size() < count) {
                int opcode = in.readUnsignedByte() & 0x0F;
                byte[] payload = in.readNBytes(payloadLength());
                if (opcode == 1) {
                    texts.add(new String(payload, StandardCharsets.UTF_8));
                } else if (opcode == 9) {
                    sendFrame(0x8A, payload);
                } else {
                    throw new AssertionError("after " + texts.size() + " texts came a frame of kind " + opcode);
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int payloadLength() throws IOException {
        int length = in.readUnsignedByte() & 0x7F;
        if (length < 126) {
            return length;
        }
        return length == 126 ? in.readUnsignedShort() : (int) in.readLong();
    }

    /** Vanishes without a word, as when a machine is switched off and a router notices. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status with which a handshake of this method and with these headers is answered. */
    static int statusOf(Node node, String method, String... headers) {
        try (Socket socket = new Socket(node.root().getHost(), node.root().getPort())) {
            socket.setSoTimeout(READ_MILLIS);
            String request = method + " " + node.root().getRawPath() + "ws/chat/lobby/ HTTP/1.1\r\nHost: "
                    + node.root().getAuthority() + "\r\nUpgrade: websocket\r\nContent-Length: 0\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            byte[] statusLine = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            return Integer.parseInt(new String(statusLine, StandardCharsets.UTF_8).substring("HTTP/1.1 ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a socket and does not wait for the answer. */
    static RawSocket ask(Node node, String path) {
        try {
            Socket socket = new Socket(node.root().getHost(), node.root().getPort());
            socket.getOutputStream().write(request(node, path, node.root().getAuthority()));
            return new RawSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
