package chat.foyer.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that does what no library would: sends broken frames, and reads nothing until it is told to. */
public final class RawSocket implements AutoCloseable {
    private static final int READ_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Opens a socket of the plain wire; a small receive buffer lets a stall be felt soon. */
    public static RawSocket open(Node node, String room) {
        return open(node, "ws/chat/" + room + "/", node.root().getAuthority());
    }

    /** Opens a socket of {@code foyer.v1}. */
    public static RawSocket openRich(Node node, String room) {
        return open(node, "ws/chat/" + room + "/", node.root().getAuthority(), "Sec-WebSocket-Protocol: foyer.v1\r\n");
    }

    public static RawSocket open(Node node, String path, String host) {
        return open(node, path, host, "");
    }

    private static RawSocket open(Node node, String path, String host, String header) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(
                    new java.net.InetSocketAddress(
                            node.root().getHost(), node.root().getPort()),
                    READ_MILLIS);
            socket.getOutputStream().write(request(node, path, host, header));
            RawSocket raw = new RawSocket(socket);
            raw.readHead();
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(Node node, String path, String host, String header) {
        String request = "GET " + node.root().getRawPath() + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header + "\r\n";
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
    public void sendText(byte[] bytes) {
        try {
            sendFrame(0x81, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one frame with this first byte, masked with zeros. */
    public void sendFrame(int head, byte[] bytes) throws IOException {
        sendFrame(head, 0x80, bytes);
    }

    /** Sends one frame as no client may: without a mask. */
    public void sendUnmasked(byte[] bytes) throws IOException {
        sendFrame(0x81, 0, bytes);
    }

    private void sendFrame(int head, int mask, byte[] bytes) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(buffer);
        frame.write(head);
        if (bytes.length < 126) {
            frame.write(mask | bytes.length);
        } else if (bytes.length < 65_536) {
            frame.write(mask | 126);
            frame.writeShort(bytes.length);
        } else {
            frame.write(mask | 127);
            frame.writeLong(bytes.length);
        }
        if (mask != 0) {
            frame.write(new byte[4]);
        }
        frame.write(bytes);
        socket.getOutputStream().write(buffer.toByteArray());
    }

    /** Reads away what has come in so far. */
    public void drain() throws IOException {
        in.skipNBytes(in.available());
    }

    /** Says that nothing more will come, and keeps listening. */
    public void closeHalf() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads frames until the close frame and returns its code; 1006 when the connection ends without one. */
    public int closeCode() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                byte[] payload = in.readNBytes(payloadLength());
                if (opcode == 8) {
                    return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("the server does not close the connection", e);
        } catch (IOException e) {
            return 1006;
        }
    }

    /** Begins to read, answers pings as every client does, and returns the next so many texts. */
    public List<String> readTexts(int count) {
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
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status with which a handshake of this method and with these headers is answered. */
    public static int statusOf(Node node, String method, String... headers) {
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
    public static RawSocket ask(Node node, String path) {
        try {
            Socket socket = new Socket(node.root().getHost(), node.root().getPort());
            socket.getOutputStream().write(request(node, path, node.root().getAuthority(), ""));
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
