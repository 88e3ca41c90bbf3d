package chat.foyer.channel.consumer;

import chat.foyer.channel.ChannelLayers;
import chat.foyer.config.ConfigurationException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The consumers of this node, from the start of the application to its end. Thread-safe.
 *
 * <p>Each has as many threads of its own as it handles events at once. The server's executor will not do: on WildFly it has a
 * few threads, by the number of processors, and queues the rest, so some handlers that hang would hold up all channels, and
 * the answers by REST with them.
 */
@ApplicationScoped
public class Consumers {
    private static final Duration HANGING = Duration.ofSeconds(60);
    private static final long WATCH_SECONDS = 10;
    private static final Duration STOP = Duration.ofSeconds(5);

    @Inject
    BeanManager beans;

    @Inject
    ChannelLayers layers;

    @Inject
    Instance<RequestContextController> requests;

    @Resource
    ManagedThreadFactory threads;

    @Resource
    ManagedScheduledExecutorService clock;

    private volatile List<Worker> workers = List.of();
    private boolean stopped;
    private Jsonb jsonb;
    private Future<?> watch;

    @PostConstruct
    void open() {
        jsonb = JsonbBuilder.create();
    }

    /**
     * What they have done since they began. Immutable.
     *
     * @param consumers how many there are
     * @param handled how many events they handled
     * @param failed how many they lost, since no handler wanted them or it threw
     * @param busy how many they are handling now
     */
    public record Activity(int consumers, long handled, long failed, int busy) {}

    /**
     * Begins to receive.
     *
     * @throws ConfigurationException when one of them wants a layer that no setting names
     */
    public synchronized void start() {
        List<Worker> all = new ArrayList<>();
        for (ConsumerExtension.Found each : found()) {
            Declaration declaration = each.declaration();
            all.add(new Worker(
                    declaration,
                    layers.named(declaration.layer()),
                    event -> call(each.bean(), declaration.dispatch().handlerOf(event), event),
                    threads));
        }
        workers = List.copyOf(all);
        workers.forEach(Worker::start);
        watch = clock.scheduleWithFixedDelay(this::reportHanging, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    private List<ConsumerExtension.Found> found() {
        return beans.getExtension(ConsumerExtension.class).found();
    }

    /** The names of the layers to which their channels belong. */
    public Set<String> layers() {
        return found().stream().map(each -> each.declaration().layer()).collect(Collectors.toSet());
    }

    private void call(Bean<?> bean, Handler handler, JsonObject event) throws Exception {
        try (Instance.Handle<RequestContextController> request = requests.getHandle()) {
            boolean activated = request.get().activate();
            CreationalContext<?> context = beans.createCreationalContext(bean);
            try {
                handler.call(beans.getReference(bean, bean.getBeanClass(), context), event, jsonb);
            } finally {
                context.release();
                if (activated) {
                    request.get().deactivate();
                }
            }
        }
    }

    private void reportHanging() {
        workers.forEach(worker -> worker.reportHanging(HANGING));
    }

    /** From now on no event is taken, so other nodes get them; those that have been taken are handled. */
    public void takeNoMore() {
        workers.forEach(Worker::takeNoMore);
    }

    /** Takes no more events, waits a few seconds for running handlers, and interrupts those that still have not ended. */
    @PreDestroy
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (watch != null) {
            watch.cancel(false);
        }
        takeNoMore();
        long deadline = System.nanoTime() + STOP.toNanos();
        workers.forEach(worker -> worker.stop(deadline));
    }

    public Activity activity() {
        return new Activity(
                workers.size(),
                workers.stream().mapToLong(Worker::handled).sum(),
                workers.stream().mapToLong(Worker::failed).sum(),
                workers.stream().mapToInt(Worker::busy).sum());
    }
}
