"""The Redis channel layer of Django Channels, asked for the same as Foyer's layers: LayerOrder.java says what.

Two processes, as two nodes would be: this one sends; its child receives and tells over a pipe what all members have heard.
Each line of the standard input is an order, each of the standard output what came of it; both are JSON.
"""

import asyncio
import json
import math
import sys
import time

from channels_redis.core import RedisChannelLayer

PATIENCE_SECONDS = 30
TEXT = "." * 16  # an event is about a hundred bytes of JSON


def say(line):
    print(line, flush=True)


def open_layer(url, order):
    return RedisChannelLayer(hosts=[url], capacity=order["capacity"])


async def lines_of(pipe):
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), pipe)
    return lines


class Sender:
    def __init__(self, index):
        self.index = index
        self.number = 0
        self.under_way = 0
        self.busy = False  # its next event waits for its turn or is being sent


class Senders:
    """Each sends one event after the other, and has a few under way that not all members have heard."""

    def __init__(self, order, verb):
        self.order = order
        self.verb = verb
        self.senders = [Sender(index) for index in range(order["senders"])]
        self.ready = asyncio.Queue()
        self.tasks = set()
        self.failures = []
        self.complete = 0
        for sender in self.senders:
            self.offer(sender)

    def offer(self, sender):
        if not sender.busy and sender.under_way < self.order["window"]:
            sender.busy = True
            self.ready.put_nowait(sender)

    def heard_by_all(self, index):
        self.complete += 1
        self.senders[index].under_way -= 1
        self.offer(self.senders[index])

    async def run(self, seconds, per_second=0, timed=False):
        """As fast as it goes, or so many a second."""
        due = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                while True:
                    if per_second:
                        due += 1 / per_second
                        await asyncio.sleep(max(0, due - time.monotonic()))
                    task = asyncio.create_task(self.send(await self.ready.get(), timed))
                    self.tasks.add(task)
                    task.add_done_callback(self.tasks.discard)
        except TimeoutError:
            pass  # its time is over

    async def send(self, sender, timed):
        sender.under_way += 1
        sender.number += 1
        event = {
            "type": "bench.message",
            "sender": sender.index,
            "number": sender.number,
            "sent": time.monotonic_ns(),
            "timed": timed,
            "text": TEXT,
        }
        try:
            await self.verb(self.order["name"], event)
        except Exception as failure:
            self.failures.append(repr(failure))
        sender.busy = False
        self.offer(sender)

    async def settle(self):
        """Waits until everything has been heard; true when it has."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.complete < self.sent() and time.monotonic() < end:
            await asyncio.sleep(0.01)
        return self.complete == self.sent()

    def sent(self):
        return sum(sender.number for sender in self.senders)


class Members:
    """Channels of this process, each receiving one event after the other."""

    def __init__(self, order, layer):
        self.order = order
        self.layer = layer
        self.heard = [[0] * order["window"] for _ in range(order["senders"])]
        self.wrong = 0
        self.latencies = []
        self.tasks = []

    async def begin(self):
        name = self.order["name"]
        channels = [name]
        if self.order["toGroup"]:
            channels = [await self.layer.new_channel() for _ in range(self.order["members"])]
            for channel in channels:
                await self.layer.group_add(name, channel)
        self.tasks = [asyncio.create_task(self.listen(channel)) for channel in channels]

    async def listen(self, channel):
        last = [0] * self.order["senders"]
        while True:
            event = await self.layer.receive(channel)
            now = time.monotonic_ns()
            sender, number = event["sender"], event["number"]
            if number != last[sender] + 1:
                self.wrong += 1
            last[sender] = number
            if event["timed"]:
                self.latencies.append(now - event["sent"])
            place = number % self.order["window"]
            self.heard[sender][place] += 1
            if self.heard[sender][place] == self.order["members"]:
                self.heard[sender][place] = 0
                say(sender)

    def millis(self, share):
        if not self.latencies:
            return 0
        return sorted(self.latencies)[math.ceil(share * len(self.latencies)) - 1] / 1e6

    async def end(self):
        for task in self.tasks:
            task.cancel()
        ends = await asyncio.gather(*self.tasks, return_exceptions=True)
        failures = [repr(end) for end in ends if not isinstance(end, asyncio.CancelledError)]
        return {"p50": self.millis(0.5), "p99": self.millis(0.99), "wrong": self.wrong, "failures": failures}


async def receive(url):
    """The child: an order begins, an empty line ends it."""
    orders = await lines_of(sys.stdin)
    while line := await orders.readline():
        order = json.loads(line)
        members = Members(order, open_layer(url, order))
        await members.begin()
        say("{}")
        await orders.readline()
        say(json.dumps(await members.end()))


class Child:
    """The receiving process, seen from the sending one."""

    def __init__(self, process):
        self.process = process
        self.answers = asyncio.Queue()
        self.heard_by_all = None

    async def listen(self):
        while line := await self.process.stdout.readline():
            if line[:1] == b"{":
                self.answers.put_nowait(json.loads(line))
            else:
                self.heard_by_all(int(line))
        self.answers.put_nowait({"p50": 0, "p99": 0, "wrong": 0, "failures": ["the receiving process has ended"]})

    async def ask(self, line):
        self.process.stdin.write(line + b"\n")
        return await self.answers.get()


async def measure(order, url, child):
    layer = open_layer(url, order)
    senders = Senders(order, layer.group_send if order["toGroup"] else layer.send)
    child.heard_by_all = senders.heard_by_all
    await child.ask(json.dumps(order).encode())

    await senders.run(order["warmUpSeconds"])
    begun, before = time.monotonic(), senders.complete
    await senders.run(order["saturatedSeconds"])
    per_second = (senders.complete - before) / (time.monotonic() - begun)
    await senders.settle()
    await senders.run(order["settlingSeconds"], order["perSecond"])
    await senders.run(order["steadySeconds"], order["perSecond"], timed=True)
    arrived = await senders.settle()

    heard = await child.ask(b"")
    faults = (senders.failures + heard["failures"])[:1]
    if heard["wrong"]:
        faults.append(f"{heard['wrong']} events were missing before another came, doubled or out of order")
    if not arrived:
        faults.append(f"{senders.complete} of {senders.sent()} events were heard by all")
    figures = {
        "sendsPerSecond": per_second,
        "deliveriesPerSecond": per_second * order["members"],
        "p50Millis": heard["p50"],
        "p99Millis": heard["p99"],
    }
    return {"figures": figures, "fault": "; ".join(faults)}


async def send(url):
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "receive", url, stdin=pipe, stdout=pipe
    )
    child = Child(process)
    listening = asyncio.create_task(child.listen())
    orders = await lines_of(sys.stdin)
    while line := await orders.readline():
        say(json.dumps(await measure(json.loads(line), url, child)))
    process.stdin.close()
    await process.wait()
    await listening


if __name__ == "__main__":
    role, redis = sys.argv[1:]
    asyncio.run(send(redis) if role == "send" else receive(redis))
