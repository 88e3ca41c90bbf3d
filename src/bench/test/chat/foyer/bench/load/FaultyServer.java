package chat.foyer.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One room on a few blocking sockets, plain wire, short frames. Once asked to, it makes one mistake, with the member that
 * came last. Thread-safe.
 */
final class FaultyServer implements AutoCloseable {
    /** What it can do wrong. */
    enum Mistake {
        DROP,
        DOUBLE,
        SWAP,
        CUT
    }

    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + Wire.ACCEPT + "\r\n\r\n";

    private final ServerSocket listener;
    private final List<Socket> members = new ArrayList<>();
    private Mistake planted;
    private byte[] heldBack; // of the last member, until the next of the same sender

    private FaultyServer(ServerSocket listener) {
        this.listener = listener;
    }

    static FaultyServer start() throws IOException {
        FaultyServer server = new FaultyServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        thread(server::accept);
        return server;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    synchronized void plant(Mistake mistake) {
        planted = mistake;
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                thread(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String request = request(in);
            if (!request.startsWith("GET /ws/chat/")) {
                socket.getOutputStream().write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            synchronized (this) {
                members.add(socket);
                socket.getOutputStream().write(SWITCHING.getBytes(StandardCharsets.US_ASCII));
            }
            while (true) {
                say(frame(in));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static String request(DataInputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readUnsignedByte());
        }
        return request.toString();
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        byte[] masked = new byte[4 + (in.readUnsignedByte() & 0x7f)];
        in.readFully(masked);
        byte[] frame = new byte[2 + masked.length - 4];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (masked.length - 4);
        for (int i = 4; i < masked.length; i++) {
            frame[i - 2] = (byte) (masked[i] ^ masked[(i - 4) % 4]);
        }
        return frame;
    }

    private synchronized void say(byte[] frame) throws IOException {
        for (Socket member : members) {
            if (member == members.get(members.size() - 1)) {
                sayWrongly(member, frame);
            } else {
                member.getOutputStream().write(frame);
            }
        }
    }

    private void sayWrongly(Socket member, byte[] frame) throws IOException {
        OutputStream out = member.getOutputStream();
        if (heldBack != null && sender(heldBack) == sender(frame)) {
            out.write(frame);
            out.write(heldBack);
            heldBack = null;
            return;
        }
        if (planted == null) {
            out.write(frame);
            return;
        }
        switch (planted) {
            case DROP -> {}
            case DOUBLE -> {
                out.write(frame);
                out.write(frame);
            }
            case SWAP -> heldBack = frame;
            case CUT -> member.close();
        }
        planted = null;
    }

    private static int sender(byte[] frame) {
        return Texts.read(frame, 0, frame.length)[0];
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (Socket member : members) {
            member.close();
        }
    }
}
