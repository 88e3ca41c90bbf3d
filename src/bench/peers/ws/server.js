// The room broadcast of the benchmark with Node `ws`: rooms by path, every message encoded once and the same Buffer sent
// to every member. With a Redis address the rooms span nodes by publish and subscribe.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { createClient } from 'redis';

const [port, redisUrl] = process.argv.slice(2);
const rooms = new Map(); // path → Set of sockets
const publisher = redisUrl && (await createClient({ url: redisUrl }).connect());
const subscriber = redisUrl && (await createClient({ url: redisUrl }).connect());

function show(members, frame) {
    for (const member of members) {
        member.send(frame, { binary: false });
    }
}

async function enter(path) {
    let members = rooms.get(path);
    if (!members) {
        members = new Set();
        rooms.set(path, members);
        if (subscriber) {
            members.subscribed = subscriber.subscribe(path, (frame) => show(members, frame), true);
        }
    }
    await members.subscribed;
    return members;
}

const server = createServer((request, response) => response.writeHead(404).end());
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65536 });
server.on('upgrade', async (request, socket, head) => {
    const members = await enter(request.url); // so that whoever sees the socket open is in the room
    sockets.handleUpgrade(request, socket, head, (client) => {
        members.add(client);
        client.on('close', () => members.delete(client));
        client.on('message', (data) => {
            const { message } = JSON.parse(data);
            const frame = Buffer.from(JSON.stringify({ message }));
            if (publisher) {
                publisher.publish(request.url, frame);
            } else {
                show(members, frame);
            }
        });
    });
});
server.listen(Number(port), '127.0.0.1');
