package chat.foyer.group;

import chat.foyer.message.Message;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.protocol.Wire;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.words.Words;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** People whose sockets take everything at once and keep nothing, and what is said to them. */
final class Members {
    private static final User ANA = new User("g-ana", "Ana", true);
    private static final long LET_IN = 1_000_000_000; // with regard to every change

    private Members() {}

    static Connection in(RoomName room) {
        Outbox outbox = new Outbox(Runnable::run, later -> {});
        outbox.attach(socket(outbox));
        return new Connection(
                room,
                Identity.ofGuest(ANA),
                InetAddress.getLoopbackAddress(),
                Wire.RICH,
                Words.ENGLISH,
                outbox,
                LET_IN);
    }

    static Joined welcoming(Connection connection) {
        return (head, missed) -> connection.welcome(new ServerFrame.Welcome(
                connection.room().text(),
                ANA,
                head,
                "epoch",
                List.of(),
                0,
                new ServerFrame.Limits(null, null, null, null, null)));
    }

    static Message message(RoomName room, long seq) {
        String body = "the quick brown fox jumps over the dog";
        return new Message(
                new UUID(0, seq), room, seq, seq, ANA, "r-" + seq, body, Instant.EPOCH, Optional.empty(), false);
    }

    private static Session socket(Outbox outbox) {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (name, arguments) -> {
            switch (name) {
                case "sendText" -> ((SendHandler) arguments[1]).onResult(new SendResult());
                case "sendPing" -> outbox.ponged(((ByteBuffer) arguments[0]).duplicate());
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
        return proxy(Session.class, (name, arguments) -> {
            if (name.equals("getAsyncRemote")) {
                return remote;
            }
            throw new UnsupportedOperationException(name);
        });
    }

    private interface Calls {
        Object called(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> calls.called(method.getName(), arguments);
                }));
    }
}
