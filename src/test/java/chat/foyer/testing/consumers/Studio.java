package chat.foyer.testing.consumers;

import chat.foyer.channel.consumer.Consumer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In a WAR under test: consumers that log what they do. */
@ApplicationScoped
@Consumer(value = "studio", concurrency = 2)
public class Studio {
    private static final Logger LOG = LoggerFactory.getLogger("chat.foyer.studio");

    /** What JSON-B makes of an event. */
    public record Image(String name, int width) {}

    /** New for every event. */
    @RequestScoped
    public static class Easel {
        private int uses;

        int use() {
            return ++uses;
        }
    }

    /** New for every event, and gone after it. */
    @Dependent
    public static class Clerk {

        @Consumer("orders")
        void order(JsonObject event) {
            LOG.info("[ordered {}]", event.getString("name"));
        }

        @PreDestroy
        void leave() {
            LOG.info("[the clerk has left]");
        }
    }

    /** Has one hand on each node. */
    @ApplicationScoped
    public static class Sculptor {

        @Consumer("stones")
        void carve(Image image) throws IOException {
            if (image.name().equals("endless")) {
                carveForEver();
            } else {
                LOG.info("[carved {}]", image.name());
            }
        }

        private static void carveForEver() throws IOException {
            LOG.info("[began endless]");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Files.createFile(Path.of(System.getProperty("foyer.data-dir"), "interrupted"));
            }
        }
    }

    @Inject
    Easel easel;

    void image_wanted(Image image) {
        LOG.info("[wanted {}, use {}]", image.name(), easel.use());
    }

    void image_lost(JsonObject event) {
        throw new IllegalStateException("no ink");
    }
}
