package chat.foyer.live;

import chat.foyer.testing.Node;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

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
            String request = "GET " + node.root().getRawPath() + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            RawSocket raw = new RawSocket(socket);
            raw.readHead();
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Sends these bytes as one text frame, masked with zeros. */
    void sendText(byte[] bytes) {
        try {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x81);
            frame.write(0x80 | bytes.length);
            frame.write(new byte[4]);
            frame.write(bytes);
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads frames until the close frame and returns its code. */
    int closeCode() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                long length = in.readUnsignedByte() & 0x7F;
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = in.readLong();
                }
                byte[] payload = in.readNBytes((int) length);
                if (opcode == 8) {
                    return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads whatever is there until the server has ended the connection. */
    void drainToEnd() {
        try {
            while (in.read(new byte[64 * 1024]) >= 0) {
                // only the end matters
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the server kept a connection that did not read", e);
        } catch (IOException reset) {
            // ended, only less politely
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
