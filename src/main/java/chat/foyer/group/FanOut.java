package chat.foyer.group;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that show messages to clients, as many as there are processors, and those that close sockets. They come
 * from the container and end at undeploy.
 */
@ApplicationScoped
public class FanOut {
    private static final int CLOSERS = 4; // closing may block on a full socket; nothing else waits for these
    private static final long IDLE_SECONDS = 30;
    private static final long STOP_SECONDS = 2;

    @Resource
    ManagedThreadFactory threads;

    private ThreadPoolExecutor drainers;
    private ThreadPoolExecutor closers;

    @PostConstruct
    void start() {
        drainers = pool(Math.max(2, Runtime.getRuntime().availableProcessors()), "foyer-fan-out");
        closers = pool(CLOSERS, "foyer-closer");
        // after undeploy has begun nobody is shown anything any more, but every client is still told to go
        drainers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        closers.setRejectedExecutionHandler((task, pool) -> task.run());
    }

    /** Runs drain tasks; nothing that blocks may be given to it. */
    Executor drainers() {
        return drainers;
    }

    /** Runs what may block for a single client. */
    public Executor closers() {
        return closers;
    }

    private ThreadPoolExecutor pool(int size, String name) {
        ThreadFactory named = task -> {
            Thread thread = threads.newThread(task);
            thread.setName(name);
            return thread;
        };
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @PreDestroy
    void stop() {
        drainers.shutdown();
        closers.shutdown();
        try {
            drainers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            closers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
