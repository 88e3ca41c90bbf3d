package chat.foyer.group;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that is left out while it is still being done: a database that hangs must not take one thread after the other.
 * Thread-safe.
 */
public final class OneAtATime implements Runnable {
    private final Runnable task;
    private final AtomicBoolean underWay = new AtomicBoolean();

    public OneAtATime(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (underWay.compareAndSet(false, true)) {
            try {
                task.run();
            } finally {
                underWay.set(false);
            }
        }
    }
}
