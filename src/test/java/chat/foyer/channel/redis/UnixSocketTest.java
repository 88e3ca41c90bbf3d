package chat.foyer.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    @TempDir
    private Path directory;

    @Test
    void who_is_interrupted_reads_the_answer_all_the_same() throws IOException {
        Path path = directory.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (UnixSocket socket = UnixSocket.connect(path, 10_000);
                    SocketChannel peer = server.accept()) {
                CompletableFuture<Integer> answered = CompletableFuture.supplyAsync(
                        () -> write(peer, 42), CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
                Thread.currentThread().interrupt();
                assertThat(socket.getInputStream().read()).isEqualTo(42);
                assertThat(Thread.interrupted()).isTrue();
                assertThat(answered).succeedsWithin(10, TimeUnit.SECONDS);
            }
        }
    }

    private static int write(SocketChannel peer, int value) {
        try {
            return peer.write(ByteBuffer.wrap(new byte[] {(byte) value}));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void silence_ends() throws IOException {
        Path path = directory.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (UnixSocket socket = UnixSocket.connect(path, 10)) {
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }
}
