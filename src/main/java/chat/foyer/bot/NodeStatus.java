package chat.foyer.bot;

import chat.foyer.channel.ChannelLayers;
import chat.foyer.config.Configuration;
import chat.foyer.config.ConfigurationException;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.message.Outcome;
import chat.foyer.room.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the room {@code foyer.status-room}, if there is one, when this node starts and stops. Thread-safe. */
@ApplicationScoped
public class NodeStatus {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStatus.class);
    private static final long PATIENCE_SECONDS = 2;

    @Inject
    Bot bot;

    @Inject
    Configuration configuration;

    @Inject
    ChannelLayers layers;

    /** @throws ConfigurationException when no room can be called like that */
    public void started() {
        tell("has started");
    }

    /** Waits a moment for it to be stored. */
    public void stopping() {
        tell("is stopping")
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<Void> tell(String news) {
        return room().map(room -> bot.say(room, "Node " + layers.node() + " " + news + "."))
                .map(stage -> stage.thenAccept(NodeStatus::report))
                .map(CompletionStage::toCompletableFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private Optional<RoomName> room() {
        try {
            return configuration.get(Settings.STATUS_ROOM).map(RoomName::new);
        } catch (ChatException e) {
            throw new ConfigurationException(Settings.STATUS_ROOM.key() + ": " + e.getMessage());
        }
    }

    private static void report(Outcome outcome) {
        outcome.refusal()
                .ifPresent(reason -> LOG.warn(
                        "{} was not told: {} It must be a room that is open to all.",
                        Settings.STATUS_ROOM.key(),
                        reason.getMessage()));
    }
}
