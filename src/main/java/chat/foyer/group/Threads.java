package chat.foyer.group;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a live node: those that show messages to clients, those that read the database, those that close
 * sockets, and the clock. They come from the container and end at undeploy.
 *
 * <p>Pools of our own over container threads, since the managed executors capture the Jakarta EE context anew for every
 * task, which on Payara costs more than the task.
 */
@ApplicationScoped
public class Threads {
    private static final int CLOSERS = 4; // closing may block on a full socket; nothing else waits for these
    private static final int READERS = 4; // fewer than the pool has connections
    private static final long STOP_SECONDS = 2;
    private static final long CLOSING_SECONDS = 2; // a client answers a close frame at once (RFC 6455 §5.5.1)

    @Resource
    ManagedThreadFactory containerThreads;

    private ThreadPoolExecutor drainers;
    private ThreadPoolExecutor closers;
    private ThreadPoolExecutor readers;
    private ScheduledThreadPoolExecutor clock;

    @PostConstruct
    void start() {
        drainers = pool(Math.max(2, Runtime.getRuntime().availableProcessors()), "foyer-fan-out");
        closers = pool(CLOSERS, "foyer-closer");
        readers = pool(READERS, "foyer-reader");
        clock = new ScheduledThreadPoolExecutor(1, named("foyer-clock"));
        clock.setRemoveOnCancelPolicy(true);
        clock.prestartAllCoreThreads();
        // after undeploy has begun nobody is shown anything any more, but every client is still told to go
        drainers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        readers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        closers.setRejectedExecutionHandler((task, pool) -> task.run());
    }

    /** Runs drain tasks, as many at once as there are processors; nothing that blocks may be given to it. */
    Executor drainers() {
        return drainers;
    }

    /** Runs what may block for a single client. */
    public Executor closers() {
        return closers;
    }

    /** Runs on the closers what must be done should a client not answer a close frame in time. */
    public Executor closersLater() {
        return task -> clock.schedule(() -> closers.execute(task), CLOSING_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs what reads the database for a room or a connection. */
    public Executor readers() {
        return readers;
    }

    /** Runs short tasks later or again and again; nothing that blocks may be given to it. */
    public ScheduledExecutorService clock() {
        return clock;
    }

    private ThreadPoolExecutor pool(int size, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.prestartAllCoreThreads(); // a Payara that stops starts no more threads, and then these are needed
        return pool;
    }

    private ThreadFactory named(String name) {
        return task -> {
            Thread thread = containerThreads.newThread(task);
            thread.setName(name);
            return thread;
        };
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        List<ExecutorService> finishing = List.of(drainers, closers, readers);
        finishing.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService pool : finishing) {
                pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
