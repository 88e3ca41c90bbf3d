package chat.foyer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * A network between a client and a server that a test can cut, so that connections are reset and new ones refused, or
 * plug, so that connections stay and nothing arrives any more.
 */
public final class CuttableProxy implements AutoCloseable {
    /** What a plug may hold up alone. */
    public enum Direction {
        REQUESTS,
        ANSWERS
    }

    private static final int BACKLOG = 50;

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Direction> plugged = EnumSet.noneOf(Direction.class); // and its lock
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean cut;

    private CuttableProxy(int target, ServerSocket server) {
        this.target = target;
        this.server = server;
    }

    public static CuttableProxy to(int port) throws IOException {
        return to(port, InetAddress.getLoopbackAddress());
    }

    /** A way from this address of the machine to what listens at its loopback address. */
    public static CuttableProxy to(int port, InetAddress address) throws IOException {
        return begun(new CuttableProxy(port, new ServerSocket(0, BACKLOG, address)));
    }

    /** One that speaks TLS with clients, and plainly with the server. */
    public static CuttableProxy byTls(int port, SSLContext context) throws IOException {
        ServerSocket server =
                context.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        return begun(new CuttableProxy(port, server));
    }

    private static CuttableProxy begun(CuttableProxy proxy) {
        daemon(proxy::accept);
        return proxy;
    }

    /** How many clients have come. */
    public long clients() {
        return clients.get();
    }

    /** How many bytes clients have said, without what TLS adds. */
    public long heard() {
        return heard.get();
    }

    public int port() {
        return server.getLocalPort();
    }

    public void cut() {
        cut = true;
        open.forEach(CuttableProxy::reset);
        open.clear();
    }

    /** Nothing gets through, in either direction, and nobody is told. */
    public void plug() {
        plug(Direction.REQUESTS);
        plug(Direction.ANSWERS);
    }

    /** Nothing gets through in this direction. */
    public void plug(Direction direction) {
        synchronized (plugged) {
            plugged.add(direction);
        }
    }

    /** What a plug has held up in this direction arrives now. */
    public void unplug(Direction direction) {
        synchronized (plugged) {
            plugged.remove(direction);
            plugged.notifyAll();
        }
    }

    /** Everything is well again; what a plug has held up arrives now. */
    public void mend() {
        cut = false;
        unplug(Direction.REQUESTS);
        unplug(Direction.ANSWERS);
    }

    private void awaitUnplugged(Direction direction) {
        synchronized (plugged) {
            while (plugged.contains(direction)) {
                try {
                    plugged.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.incrementAndGet();
                if (cut) {
                    reset(client);
                } else {
                    daemon(() -> connect(client));
                }
            } catch (IOException e) {
                // closed by the test
            }
        }
    }

    private void connect(Socket client) {
        awaitUnplugged(Direction.REQUESTS);
        try {
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(upstream);
            daemon(() -> pump(client, upstream, Direction.REQUESTS, heard));
            daemon(() -> pump(upstream, client, Direction.ANSWERS, new AtomicLong()));
        } catch (IOException e) {
            reset(client); // as the server would
        }
    }

    private void pump(Socket from, Socket to, Direction direction, AtomicLong bytes) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            to.setTcpNoDelay(true); // or it would add 40 ms to every other round trip
            byte[] buffer = new byte[16 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes.addAndGet(length);
                awaitUnplugged(direction);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0); // close with RST, as a broken network does
            socket.close();
        } catch (IOException e) {
            // gone already
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "network");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        mend();
    }
}
