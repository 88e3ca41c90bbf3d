package chat.foyer.ops;

import chat.foyer.account.Setup;
import chat.foyer.account.SiteAddress;
import chat.foyer.bot.NodeStatus;
import chat.foyer.channel.ChannelLayer;
import chat.foyer.channel.ChannelLayers;
import chat.foyer.channel.consumer.Consumers;
import chat.foyer.config.Configuration;
import chat.foyer.config.ConfigurationException;
import chat.foyer.config.Setting;
import chat.foyer.config.Settings;
import chat.foyer.database.Database;
import chat.foyer.file.FileCleaner;
import chat.foyer.group.GroupRegistry;
import chat.foyer.presence.Presence;
import chat.foyer.user.AccessChanges;
import chat.foyer.user.GuestPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks at deployment what can be checked, opens the bus and says how this node runs; a mistake fails the start. */
@ApplicationScoped
public class StartUp {
    private static final Logger LOG = LoggerFactory.getLogger("chat.foyer");

    /** EX_CONFIG of BSD's sysexits.h. */
    private static final int EXIT_CODE = 78;

    private static final String DOCUMENTATION = "docs/operations.md and docs/configuration.md";

    @Inject
    Instance<Configuration> configuration;

    @Inject
    Instance<Database> database;

    @Inject
    Instance<ChannelLayer> layer;

    @Inject
    Instance<ChannelLayers> layers;

    @Inject
    Instance<GroupRegistry> groups;

    @Inject
    Instance<AccessChanges> accessChanges;

    @Inject
    Instance<Presence> presence;

    @Inject
    Instance<Consumers> consumers;

    @Inject
    Instance<NodeStatus> status;

    @Inject
    Instance<FileCleaner> files;

    @Inject
    Instance<GuestPolicy> guests;

    @Inject
    Instance<Setup> setup;

    private volatile boolean started;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        try {
            Configuration settings = configuration.get();
            checkDirectory(Settings.DATA_DIR, settings.get(Settings.DATA_DIR));
            settings.get(Settings.FILES_DIR).ifPresent(directory -> checkDirectory(Settings.FILES_DIR, directory));
            boolean consumes = settings.get(Settings.MODE).consumes();
            Set<String> consumed = consumers.get().layers(); // asked in any case: what ends with the node must be there
            layers.get().requireNamed(consumes ? consumed : Set.of());
            groups.get().roomCount(); // brings up the bus before the first client comes
            accessChanges.get().begin();
            presence.get().begin();
            files.get().begin();
            if (event instanceof ServletContext application) {
                LOG.info(banner(settings, application));
                if (settings.get(Settings.MODE).serves()) {
                    setup.get()
                            .open()
                            .ifPresent(secret -> LOG.info(invitation(settings, application.getContextPath(), secret)));
                }
            }
            status.get().started();
            if (consumes) {
                consumers.get().start(); // last, so that a start that fails leaves no handler running
            }
            started = true;
        } catch (RuntimeException e) {
            throw refuse(e);
        }
    }

    boolean isStarted() {
        return started;
    }

    private static void checkDirectory(Setting<?> setting, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "write-check", null));
        } catch (IOException e) {
            throw new ConfigurationException(setting.key() + ": " + directory
                    + " cannot be written to by user " + System.getProperty("user.name")
                    + "; make it writable or choose another directory");
        }
    }

    private String banner(Configuration settings, ServletContext application) {
        String bus = settings.bus().equals("memory")
                ? "in memory; set " + Settings.REDIS_URL.environmentName() + " for several nodes"
                : layer.get().status().bus() + " (" + layer.get().status().detail() + ")";
        return String.join(
                System.lineSeparator(),
                "Foyer " + version(application) + " is open",
                "  Address         " + address(settings, application.getContextPath()),
                "  Data directory  " + settings.get(Settings.DATA_DIR),
                "  Bus             " + bus,
                "  Guests          " + guests(settings),
                "  History         " + history(),
                "  Documentation   " + DOCUMENTATION);
    }

    private String guests(Configuration settings) {
        return (guests.get().admitsGuests() ? "on" : "off")
                + (settings.get(Settings.GUESTS).isPresent() ? "" : ", as long as no administrator says otherwise");
    }

    private String history() {
        boolean perNode = database.get().embedded() && layer.get().status().spansNodes();
        return database.get().description()
                + (perNode
                        ? "; each node keeps its own, set " + Settings.DB_URL.environmentName() + " for a common one"
                        : "");
    }

    /** The one secret that ever stands in a log: worth something once, for an hour, before there is anybody to protect. */
    private static String invitation(Configuration settings, String context, String secret) {
        return String.join(
                System.lineSeparator(),
                "There is no administrator yet. Become the first by opening, within the hour:",
                "  " + SiteAddress.of(settings, context) + "/setup?token=" + secret,
                "A restart shows a new link.");
    }

    private static String version(ServletContext application) {
        try (InputStream manifest = application.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            return manifest == null
                    ? "(development)"
                    : new Manifest(manifest).getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Configuration settings, String context) {
        if (!settings.get(Settings.MODE).serves()) {
            return "none, this node is a worker; " + context + "/ops/ answers";
        }
        return SiteAddress.known(settings, context)
                .map(site -> site + "/chat/")
                .orElse(context + "/chat/ on this server; set " + Settings.PUBLIC_URL.environmentName()
                        + " to show it whole");
    }

    private static RuntimeException refuse(RuntimeException failure) {
        Throwable mistake = failure;
        while (mistake != null && !(mistake instanceof ConfigurationException)) {
            mistake = mistake.getCause();
        }
        if (mistake == null) {
            return failure;
        }
        String line = "Foyer cannot start. " + mistake.getMessage();
        boolean exit = ConfigProvider.getConfig()
                .getOptionalValue(Settings.EXIT_ON_FAILURE.key(), String.class)
                .filter(text -> text.equalsIgnoreCase("on") || text.equalsIgnoreCase("true"))
                .isPresent();
        if (exit) {
            System.err.println(line); // a log handler might not have written by the time the process is gone
            System.err.flush();
            Runtime.getRuntime().halt(EXIT_CODE); // not exit(): its hooks would wait for this very deployment
        }
        LOG.error(line);
        return (ConfigurationException) mistake;
    }
}
