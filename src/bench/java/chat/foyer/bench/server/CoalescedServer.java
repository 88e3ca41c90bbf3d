package chat.foyer.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.CharsetUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The practical ceiling, to compare with: stores nothing, checks nothing. A room gathers what is said while its last batch
 * is written; the frames of a batch are encoded once and leave in one write for each member.
 */
public final class CoalescedServer {
    private static final int BATCH = 64;
    private static final int MAX_REQUEST = 65_536;
    private static final int BACKLOG = 4_096;

    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    private CoalescedServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        CoalescedServer server = new CoalescedServer();
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(loops)
                .channel(io.netty.channel.socket.nio.NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST))
                                .addLast(server.new Opening());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private final class Opening extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            Room room = rooms.computeIfAbsent(request.uri(), path -> new Room());
            WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                            "ws://" + request.headers().get(HttpHeaderNames.HOST) + request.uri(), null, false)
                    .newHandshaker(request);
            Channel channel = context.channel();
            context.pipeline().addLast(new Speaking(room));
            room.join(channel); // whoever sees the socket open is in the room
            handshaker.handshake(channel, request);
            context.pipeline().remove(this);
        }
    }

    private static final class Speaking extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        private static final String PREFIX = "{\"message\":";
        private final Room room;

        Speaking(Room room) {
            this.room = room;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            String text = frame.text();
            room.say(PREFIX + text.substring(text.indexOf(':') + 1).strip());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            room.leave(context.channel());
        }
    }

    /** Invariant: while {@link #waiting} is above zero exactly one pass is queued or running, on any event loop. */
    private static final class Room {
        private final Queue<String> said = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final Map<EventLoop, Set<Channel>> members = new ConcurrentHashMap<>();

        void join(Channel channel) {
            members.computeIfAbsent(channel.eventLoop(), loop -> ConcurrentHashMap.newKeySet())
                    .add(channel);
        }

        void leave(Channel channel) {
            members.getOrDefault(channel.eventLoop(), Set.of()).remove(channel);
        }

        void say(String message) {
            said.add(message);
            if (waiting.getAndIncrement() == 0) {
                members.keySet().iterator().next().execute(this::pass);
            }
        }

        private void pass() {
            int due = Math.min(waiting.get(), BATCH);
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < due; i++) {
                batch.add(said.remove());
            }
            ByteBuf frames = frames(batch);
            AtomicInteger loops = new AtomicInteger();
            Map<EventLoop, Set<Channel>> now = new HashMap<>(members);
            loops.set(now.size());
            now.forEach((loop, channels) -> loop.execute(() -> {
                for (Channel channel : channels) {
                    channel.pipeline().firstContext().writeAndFlush(frames.retainedDuplicate());
                }
                if (loops.decrementAndGet() == 0) {
                    frames.release();
                    if (waiting.addAndGet(-due) > 0) {
                        loop.execute(this::pass);
                    }
                }
            }));
        }

        private static ByteBuf frames(List<String> batch) {
            ByteBuf frames = Unpooled.directBuffer();
            for (String message : batch) {
                byte[] payload = message.getBytes(CharsetUtil.UTF_8);
                frames.writeByte(0x81);
                if (payload.length < 126) {
                    frames.writeByte(payload.length);
                } else {
                    frames.writeByte(126).writeShort(payload.length);
                }
                frames.writeBytes(payload);
            }
            return frames;
        }
    }
}
