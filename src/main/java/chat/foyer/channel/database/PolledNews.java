package chat.foyer.channel.database;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** News that are looked for several times a second, and at once after this process has written. */
final class PolledNews implements News {
    private static final long POLL_MILLIS = 100;

    private final ChannelStore store;
    private final Heard heard;
    private final Semaphore nudged = new Semaphore(0);

    PolledNews(ChannelStore store, Heard heard) {
        this.store = store;
        this.heard = heard;
        store.bounded(handle -> {
            heard.resume(handle);
            return null;
        });
    }

    @Override
    public List<String> next() throws InterruptedException {
        nudged.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
        nudged.drainPermits(); // before the look: what is written after it is looked for next time
        store.bounded(handle -> {
            heard.read(handle);
            return null;
        });
        return heard.handOn();
    }

    @Override
    public void nudge() {
        nudged.release();
    }

    @Override
    public void close() {
        nudge();
    }
}
