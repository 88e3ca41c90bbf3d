package chat.foyer.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One connection of the load. Belongs to the swarm's thread. */
final class Member implements FrameParser.Sink {
    private static final byte[] NOTHING = {};
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int TEXT = 1;
    private static final int PONG = 10;
    private static final int STALLED_RECEIVE_BUFFER = 4 * 1024;

    /** Not a sender. */
    static final int LISTENER = -1;

    private enum State {
        NEW,
        HANDSHAKE,
        JOINING,
        JOINED,
        GONE
    }

    private final Swarm swarm;
    private final Room room;
    private final InetSocketAddress node;
    private final int sender;
    private final Ledger ledger;
    private final FrameParser parser = new FrameParser(this);
    private State state = State.NEW;
    private boolean stalled;
    private SocketChannel channel;
    private SelectionKey key;
    private byte[] carried = NOTHING; // read, but no whole frame yet
    private ByteBuffer unwritten; // null unless the socket was full
    private long expected; // the frame of the room that probably comes next

    Member(Swarm swarm, Room room, InetSocketAddress node, int sender, boolean stalled) {
        this.swarm = swarm;
        this.room = room;
        this.node = node;
        this.sender = sender;
        this.stalled = stalled;
        this.ledger = new Ledger(room.firstSender(), room.senders());
    }

    int sender() {
        return sender;
    }

    Ledger ledger() {
        return ledger;
    }

    boolean isStalled() {
        return stalled;
    }

    void connect(Selector selector) throws IOException {
        state = State.HANDSHAKE;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (stalled) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_RECEIVE_BUFFER);
        }
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(node)) {
            connected();
        }
    }

    void ready() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                connected();
            }
            if (key.isWritable()) {
                flush();
            }
            if (key.isReadable()) {
                read();
            }
        } catch (IOException | RuntimeException e) {
            fail(e.toString());
        }
    }

    private void connected() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        write(ByteBuffer.wrap(swarm.wire().handshake("localhost:" + node.getPort(), room.name())));
    }

    private void read() throws IOException {
        ByteBuffer buffer = swarm.readBuffer(carried.length);
        buffer.put(carried);
        if (channel.read(buffer) < 0) {
            fail("The server closed the connection");
            return;
        }
        swarm.wasRead();
        byte[] bytes = buffer.array();
        int to = buffer.position();
        int from = state == State.HANDSHAKE ? afterHandshake(bytes, to) : 0;
        if (state != State.HANDSHAKE) {
            from = parser.parse(bytes, from, to);
        }
        carried = from == to ? NOTHING : Arrays.copyOfRange(bytes, from, to);
    }

    private int afterHandshake(byte[] bytes, int to) {
        String text = new String(bytes, 0, to, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        if (!text.startsWith("HTTP/1.1 101") || !text.contains(Wire.ACCEPT)) {
            throw new IllegalStateException(
                    "The handshake was answered " + text.lines().findFirst().orElse(""));
        }
        if (swarm.wire() == Wire.PLAIN) {
            joined();
        } else {
            state = State.JOINING;
        }
        return end + 4;
    }

    private void joined() {
        state = State.JOINED;
        swarm.joined();
        if (stalled) {
            key.interestOps(0);
        }
    }

    /** Reads again what has come meanwhile. */
    void resume() {
        stalled = false;
        key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
        Room.Frame frame = room.read(bytes, from, to, expected);
        int[] texts = frame.texts();
        if (texts.length == 0) {
            other(bytes, from, to);
            return;
        }
        expected = frame.place() + 1;
        swarm.framed();
        for (int i = 0; i < texts.length; i += 2) {
            ledger.saw(texts[i], texts[i + 1]);
            swarm.delivered(texts[i], texts[i + 1], sender);
        }
    }

    private void other(byte[] bytes, int from, int to) {
        Wire.Reception reception = swarm.wire().receive(bytes, from, to);
        if (reception == Wire.Reception.JOINED && state == State.JOINING) {
            joined();
        } else if (reception == Wire.Reception.ENTER) {
            sendFrame(TEXT, swarm.wire().enter(room.name()));
        } else if (reception == Wire.Reception.PING) {
            sendFrame(TEXT, swarm.wire().pong());
        } else if (reception != Wire.Reception.NOTHING) {
            swarm.complain(Wire.text(bytes, from, Math.min(to, from + 300)));
        }
    }

    @Override
    public void ping(byte[] bytes, int from, int to) {
        sendFrame(PONG, Arrays.copyOfRange(bytes, from, to));
    }

    @Override
    public void close(int code, String reason) {
        throw new IllegalStateException("The server closed with " + code + " " + reason);
    }

    void post(int number, Texts texts) {
        byte[] before = swarm.wire().before(sender, number);
        byte[] after = swarm.wire().after();
        byte[] payload = new byte[before.length + texts.length() + after.length];
        System.arraycopy(before, 0, payload, 0, before.length);
        int end = texts.write(payload, before.length, sender, number);
        System.arraycopy(after, 0, payload, end, after.length);
        sendFrame(TEXT, payload);
    }

    private void sendFrame(int opcode, byte[] payload) {
        if (state == State.GONE) {
            return;
        }
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        try {
            write(frame.flip());
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (unwritten == null) {
            channel.write(bytes);
            if (!bytes.hasRemaining()) {
                return;
            }
            unwritten = bytes;
            key.interestOpsOr(SelectionKey.OP_WRITE);
        } else {
            unwritten = ByteBuffer.allocate(unwritten.remaining() + bytes.remaining())
                    .put(unwritten)
                    .put(bytes)
                    .flip();
        }
    }

    private void flush() throws IOException {
        if (unwritten != null) {
            channel.write(unwritten);
            if (unwritten.hasRemaining()) {
                return;
            }
            unwritten = null;
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    private void fail(String reason) {
        if (state != State.GONE) {
            state = State.GONE;
            swarm.lost(reason);
            disconnect();
        }
    }

    void disconnect() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            swarm.complain(e.toString());
        }
    }
}
