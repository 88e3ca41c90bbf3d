package chat.foyer.channel.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A socket in the file system, for clients that know {@link Socket} only; Java has them as channels without time-outs. For
 * one reader and one writer, as with Jedis; closing is for any thread and ends both. As with any socket, being interrupted ends
 * nothing: the answer to a command that was sent is still read.
 */
final class UnixSocket extends Socket {
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private volatile int timeoutMillis;

    private UnixSocket(SocketChannel channel, int timeoutMillis) throws IOException {
        this.channel = channel;
        this.timeoutMillis = timeoutMillis;
        channel.configureBlocking(false);
        readable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        writable = Selector.open();
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    static UnixSocket connect(Path path, int timeoutMillis) {
        try {
            return new UnixSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)), timeoutMillis);
        } catch (IOException e) {
            throw new JedisConnectionException(path + ": " + e.getMessage(), e);
        }
    }

    private void await(Selector selector) throws IOException {
        boolean interrupted = false;
        try {
            while (selector.select(timeoutMillis) == 0 && channel.isOpen()) {
                if (!Thread.interrupted()) {
                    throw new SocketTimeoutException("nothing for " + timeoutMillis + " ms");
                }
                interrupted = true;
            }
            selector.selectedKeys().clear();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
                int count = channel.read(buffer);
                while (count == 0 && length > 0) {
                    await(readable);
                    count = channel.read(buffer);
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
                while (buffer.hasRemaining()) {
                    if (channel.write(buffer) == 0) {
                        await(writable);
                    }
                }
            }
        };
    }

    @Override
    public void setSoTimeout(int millis) {
        timeoutMillis = millis; // zero waits for ever, as with a Selector
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // what is written to a socket of this machine has arrived
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
