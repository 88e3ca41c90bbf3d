// The room broadcast of the benchmark with Socket.IO 4, WebSocket only. With a Redis address the rooms span nodes by
// Socket.IO's Redis adapter.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

const [port, redisUrl] = process.argv.slice(2);
const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
if (redisUrl) {
    const publisher = await createClient({ url: redisUrl }).connect();
    const subscriber = await createClient({ url: redisUrl }).connect();
    io.adapter(createAdapter(publisher, subscriber));
}
io.on('connection', async (socket) => {
    const { room } = socket.handshake.auth;
    await socket.join(room);
    socket.on('message', ({ message }) => io.to(room).emit('message', { message }));
    socket.emit('welcome');
});
server.listen(Number(port), '127.0.0.1');
