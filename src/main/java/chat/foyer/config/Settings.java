package chat.foyer.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definition of every setting, each once; {@code docs/configuration.md} is generated from {@link #ALL}. */
public final class Settings {
    private static final String[] BUSES = {"memory", "redis", "database"};
    private static final Pattern LAYER = Pattern.compile("([a-z][a-z0-9-]{0,19})\\s*=\\s*(\\S+)");

    public static final Setting<Optional<String>> PUBLIC_URL = new Setting<>(
            "foyer.public-url",
            "",
            "an absolute `http` or `https` address without path parameters, such as `https://chat.example.com`",
            "The address under which people reach Foyer. Sockets are then accepted from pages of this origin only.",
            false,
            optional(Settings::webAddress));

    public static final Setting<List<String>> ALLOWED_ORIGINS = new Setting<>(
            "foyer.allowed-origins",
            "",
            "a comma-separated list of `https://host[:port]`, `.domain` (the domain and everything below it), `scheme://.domain[:port]`, or `*`",
            "Further origins whose pages may open sockets.",
            false,
            text -> words(text).stream().map(Settings::originPattern).toList());

    public static final Setting<List<AddressRange>> TRUSTED_PROXIES = new Setting<>(
            "foyer.trusted-proxies",
            "",
            "a comma-separated list of addresses or ranges, such as `127.0.0.1, 10.0.0.0/8`",
            "Reverse proxies whose `X-Forwarded-For`, `-Proto` and `-Host` headers count.",
            false,
            text -> words(text).stream().map(AddressRange::parse).toList());

    public static final Setting<Mode> MODE = new Setting<>(
            "foyer.mode",
            "all",
            "`all`, `web` or `worker`",
            "What this node does: everything; all but handling the events of channels; or only that, and then of pages, sockets and the API nothing is there but `/ops/`.",
            false,
            text -> Mode.valueOf(oneOf(text, "all", "web", "worker").toUpperCase(Locale.ROOT)));

    public static final Setting<Optional<String>> BUS = new Setting<>(
            "foyer.bus",
            "",
            "`memory`, `redis` or `database`",
            "How nodes talk to each other; `database` means by the PostgreSQL at `foyer.db.url`. Unset: `redis` when `foyer.redis.url` is set, otherwise `database` when `foyer.db.url` is set and used, otherwise `memory` (one node).",
            false,
            optional(text -> oneOf(text, BUSES)));

    public static final Setting<Map<String, String>> CHANNEL_LAYERS = new Setting<>(
            "foyer.channel.layers",
            "",
            "a comma-separated list of `name=bus`, such as `jobs=redis, local=memory`",
            "Further channel layers for programs inside the WAR, which ask for them by `@Layer(\"jobs\")`.",
            false,
            Settings::layers);

    public static final Setting<Integer> CHANNEL_CAPACITY = new Setting<>(
            "foyer.channel.capacity",
            "100",
            "a whole number from 1 to 1000000",
            "How many unread events a channel keeps before it takes no more.",
            false,
            text -> Capacities.requireCapacity((int) number(text, 1_000_000)));

    public static final Setting<List<Capacities.Rule>> CHANNEL_CAPACITIES = new Setting<>(
            "foyer.channel.capacities",
            "",
            "a comma-separated list of `name=number`, with `*` and `?` in names or a regular expression between slashes: `thumbnails.*=1000, /job-[0-9]+/=10`",
            "Other capacities for some channels; the first that matches counts. Of the name of a process-specific channel only the part up to the `!` is looked at.",
            false,
            Capacities::parseRules);

    public static final Setting<Duration> CHANNEL_EXPIRY = new Setting<>(
            "foyer.channel.expiry",
            "60",
            "a whole number of seconds, 1 to 86400",
            "How long an event waits to be received before it is given up.",
            false,
            text -> Duration.ofSeconds(number(text, 86_400)));

    public static final Setting<Duration> CHANNEL_GROUP_EXPIRY = new Setting<>(
            "foyer.channel.group-expiry",
            "86400",
            "a whole number of seconds, 1 to 31536000",
            "How long a channel stays in a group after it was last added or, if it is a process-specific one, received from.",
            false,
            text -> Duration.ofSeconds(number(text, 31_536_000)));

    public static final Setting<List<RedisUrl>> REDIS_URL = new Setting<>(
            "foyer.redis.url",
            "",
            "`redis://[user:password@]host[:port][/database]`, `rediss://…` for TLS, `unix:///path/of/the/socket`; several separated by commas",
            "The Redis that several nodes share. It may be down or absent at start; Foyer joins when it appears. Of several, each room and channel has its own by its name, so all nodes list them in the same order.",
            true,
            text -> each(words(text).stream().map(RedisUrl::parse).toList()));

    public static final Setting<List<X509Certificate>> REDIS_CA_FILE = new Setting<>(
            "foyer.redis.ca-file",
            "",
            "the path of a PEM file with one or more certificates",
            "The authorities that may vouch for a Redis reached by TLS (`rediss://`), such as your own one, and nobody else. Unset: those that Java trusts on this server. It is read at start.",
            false,
            text -> text.isEmpty() ? List.of() : CertificateFile.read(text));

    public static final Setting<List<byte[]>> REDIS_ENCRYPTION_KEYS = new Setting<>(
            "foyer.redis.encryption-keys",
            "",
            "a comma-separated list of keys of 64 hexadecimal digits, as `openssl rand -hex 32` makes them",
            "Encrypts what passes through Redis, or the database as a bus (AES-256-GCM). The first key encrypts, all decrypt: to change it without a stop, add the new one last on every node, then move it to the front, then remove the old one.",
            true,
            text -> words(text).stream().map(Settings::key).toList());

    public static final Setting<String> REDIS_PREFIX = new Setting<>(
            "foyer.redis.prefix",
            "foyer",
            "1 to 40 ASCII letters, digits, `-`, `_` or `.`",
            "What every Redis key and channel of this installation begins with.",
            false,
            text -> matching(text, "[A-Za-z0-9._-]{1,40}", "write 1 to 40 ASCII letters, digits, '-', '_' or '.'"));

    public static final Setting<Path> DATA_DIR = new Setting<>(
            "foyer.data-dir",
            "",
            "a directory that Foyer may create and write to",
            "Where this node keeps its files. Unset: `foyer` in WildFly's data directory, elsewhere `.foyer` in the home directory of the user that runs the server.",
            false,
            Settings::dataDirectory);

    public static final Setting<Optional<Path>> FILES_DIR = new Setting<>(
            "foyer.files.dir",
            "",
            "a directory that all nodes share and may write to",
            "Where the bytes of uploaded files are kept, for nodes that share a database. Unset: in the database where that is PostgreSQL, otherwise `files` in the data directory.",
            false,
            optional(text -> Path.of(text).toAbsolutePath()));

    public static final Setting<Optional<String>> DB_URL = new Setting<>(
            "foyer.db.url",
            "",
            "`jdbc:postgresql://host[:port]/database`",
            "The database that keeps the messages; several nodes that share it have one history. Unset: an embedded H2 file in the data directory, for one node.",
            true,
            optional(text -> matching(
                    text,
                    "jdbc:postgresql://\\S+",
                    "write jdbc:postgresql://host[:port]/database, or leave it unset")));

    public static final Setting<Optional<String>> DB_USER =
            new Setting<>("foyer.db.user", "", "a name", "The user of the database.", false, optional(text -> text));

    public static final Setting<Optional<String>> DB_PASSWORD = new Setting<>(
            "foyer.db.password", "", "a text", "The password of that user.", true, optional(text -> text));

    public static final Setting<Optional<String>> DB_JNDI = new Setting<>(
            "foyer.db.jndi",
            "",
            "a JNDI name such as `java:jboss/datasources/Foyer`",
            "A data source of the server, used instead of `foyer.db.url`.",
            false,
            optional(text -> text));

    public static final Setting<String> DB_MIGRATE = new Setting<>(
            "foyer.db.migrate",
            "true",
            "`true`, `validate` or `off`",
            "Whether Foyer brings the tables up to date at start, only checks that they are, or leaves both to you.",
            false,
            text -> oneOf(text, "true", "validate", "off"));

    public static final Setting<Optional<Boolean>> GUESTS = new Setting<>(
            "foyer.guests",
            "",
            "`on` or `off`",
            "Whether people without an account may chat in open rooms. Unset: yes until there is an administrator, who then decides on the page for it.",
            false,
            optional(Settings::onOrOff));

    public static final Setting<Optional<String>> SETUP_TOKEN = new Setting<>(
            "foyer.setup-token",
            "",
            "32 to 200 letters, digits, `-` or `_`, random ones",
            "For automated installations: `/setup?token=…` with this value makes the first administrator, instead of the link in the log. It is worth nothing as soon as there is one.",
            true,
            optional(text -> matching(
                    text,
                    "[A-Za-z0-9_-]{32,200}",
                    "write at least 32 random letters and digits, as openssl rand -hex 32 does")));

    public static final Setting<Boolean> ROOMS_ON_DEMAND = new Setting<>(
            "foyer.rooms.on-demand",
            "on",
            "`on` or `off`",
            "Whether a room comes into being when somebody says something in it. With this off, members make rooms; what nobody made does not exist.",
            false,
            Settings::onOrOff);

    public static final Setting<Optional<String>> STATUS_ROOM = new Setting<>(
            "foyer.status-room",
            "",
            "the name of a room that is open to all",
            "Where each node says that it has started and that it is stopping. Unset: nowhere.",
            false,
            optional(text -> text));

    public static final Setting<Optional<String>> ADMIN_TOKEN = new Setting<>(
            "foyer.admin-token",
            "",
            "32 to 200 visible ASCII characters, random ones",
            "What a script sends as `Authorization: Bearer …` to drain or test this node. Unset: nobody can.",
            true,
            optional(text -> matching(
                    text,
                    "[\\x21-\\x7E]{32,200}",
                    "write at least 32 random characters, as openssl rand -hex 32 does")));

    public static final Setting<Optional<String>> JWT_ISSUER = new Setting<>(
            "foyer.jwt.issuer",
            "",
            "the text that the claim `iss` of its tokens has, as a rule an address",
            "Whose signed tokens (JWT) programs may use; set it together with the audience and the keys.",
            false,
            optional(text -> text));

    public static final Setting<Optional<String>> JWT_AUDIENCE = new Setting<>(
            "foyer.jwt.audience",
            "",
            "the text that the claim `aud` has for Foyer",
            "For whom those tokens must be made, so that one that was made for another program is refused.",
            false,
            optional(text -> text));

    public static final Setting<Optional<URI>> JWT_JWKS_URL = new Setting<>(
            "foyer.jwt.jwks-url",
            "",
            "an `https` address; `http` for this machine only",
            "Where the issuer publishes its keys (a JSON Web Key Set, RFC 7517).",
            false,
            optional(Settings::keysAddress));

    public static final Setting<String> JWT_HANDLE_CLAIM = new Setting<>(
            "foyer.jwt.handle-claim",
            "preferred_username",
            "the name of a claim",
            "Which claim holds the handle of the person for whom the program acts; `sub` where a token lacks it. People must not be able to choose it freely at the issuer.",
            false,
            text -> matching(text, "\\S{1,200}", "write the name of a claim"));

    public static final Setting<Optional<String>> NODE_ID = new Setting<>(
            "foyer.node-id",
            "",
            "1 to 40 ASCII letters, digits, `-` or `_`",
            "The name of this node in logs and on the bus. Unset: the name of the machine. A random suffix tells two runs apart.",
            false,
            optional(text -> matching(text, "[A-Za-z0-9_-]{1,40}", "write 1 to 40 ASCII letters, digits, '-' or '_'")));

    public static final Setting<Limit> FRAME_LIMIT =
            limit("foyer.limits.frame", "65536", "The largest WebSocket message a client may send, in bytes of UTF-8.");

    public static final Setting<Limit> MESSAGE_LIMIT =
            limit("foyer.limits.message", "4000", "The longest text of a chat message, in Unicode code points.");

    public static final Setting<Limit> RATE_LIMIT =
            limit("foyer.limits.rate", "100", "How many messages a connection may send per second, on average.");

    public static final Setting<Limit> BURST_LIMIT = limit(
            "foyer.limits.burst", "1000", "How many messages a connection may send at once before the rate applies.");

    public static final Setting<Limit> SOCKET_LIMIT =
            limit("foyer.limits.sockets", "50", "How many sockets one user may hold open on a node.");

    public static final Setting<Limit> ADDRESS_LIMIT = limit(
            "foyer.limits.sockets-per-address",
            "5000",
            "How many sockets one client address may hold open on a node. Behind a proxy set `foyer.trusted-proxies`.");

    public static final Setting<Limit> UPLOAD_LIMIT =
            limit("foyer.limits.upload", "52428800", "The largest file that somebody may upload, in bytes.");

    public static final Setting<Limit> GUEST_ROOM_LIMIT = limit(
            "foyer.limits.guest-rooms",
            "20",
            "How many new rooms the guests of one client address may begin within an hour.");

    public static final Setting<Limit> SIGN_IN_LIMIT = limit(
            "foyer.limits.sign-in",
            "20",
            "How many wrong passwords one client address may try before the next has to wait, longer each time; `off` lets everybody guess.");

    public static final Setting<Boolean> EXIT_ON_FAILURE = new Setting<>(
            "foyer.exit-on-failure",
            "off",
            "`on` or `off`",
            "Whether a mistake in the configuration ends the whole server with exit code 78, for containers and `mvn`; otherwise only the deployment fails.",
            false,
            Settings::onOrOff);

    /** All settings, in the order in which the documentation lists them. */
    public static final List<Setting<?>> ALL = List.of(
            PUBLIC_URL,
            ALLOWED_ORIGINS,
            TRUSTED_PROXIES,
            GUESTS,
            ROOMS_ON_DEMAND,
            STATUS_ROOM,
            SETUP_TOKEN,
            DATA_DIR,
            FILES_DIR,
            NODE_ID,
            MODE,
            DB_URL,
            DB_USER,
            DB_PASSWORD,
            DB_JNDI,
            DB_MIGRATE,
            BUS,
            CHANNEL_LAYERS,
            CHANNEL_CAPACITY,
            CHANNEL_CAPACITIES,
            CHANNEL_EXPIRY,
            CHANNEL_GROUP_EXPIRY,
            REDIS_URL,
            REDIS_CA_FILE,
            REDIS_PREFIX,
            REDIS_ENCRYPTION_KEYS,
            FRAME_LIMIT,
            MESSAGE_LIMIT,
            RATE_LIMIT,
            BURST_LIMIT,
            SOCKET_LIMIT,
            ADDRESS_LIMIT,
            UPLOAD_LIMIT,
            GUEST_ROOM_LIMIT,
            SIGN_IN_LIMIT,
            ADMIN_TOKEN,
            JWT_ISSUER,
            JWT_AUDIENCE,
            JWT_JWKS_URL,
            JWT_HANDLE_CLAIM,
            EXIT_ON_FAILURE);

    private Settings() {}

    private static Setting<Limit> limit(String key, String defaultText, String meaning) {
        return new Setting<>(key, defaultText, "a whole number above zero, or `off`", meaning, false, Limit::parse);
    }

    private static <T> Setting.Parser<Optional<T>> optional(Setting.Parser<T> parser) {
        return text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.parse(text));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    private static Map<String, String> layers(String text) {
        Map<String, String> layers = new LinkedHashMap<>();
        for (String word : words(text)) {
            Matcher layer = LAYER.matcher(word);
            if (!layer.matches() || layer.group(1).equals("default") || layers.containsKey(layer.group(1))) {
                throw new IllegalArgumentException(
                        "write name=bus, separated by commas, each name once: lower case letters,"
                                + " digits and hyphens, at most 20; foyer.bus is about the one called default");
            }
            layers.put(layer.group(1), oneOf(layer.group(2), BUSES));
        }
        return layers;
    }

    private static <T> List<T> each(List<T> all) {
        if (all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException("write each of them once");
        }
        return all;
    }

    private static byte[] key(String text) {
        return HexFormat.of()
                .parseHex(matching(
                        text, "[0-9A-Fa-f]{64}", "write keys of 64 hexadecimal digits, as openssl rand -hex 32 does"));
    }

    private static long number(String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, together with numbers out of range
        }
        throw new IllegalArgumentException("write a whole number from 1 to " + most);
    }

    private static String matching(String text, String pattern, String otherwise) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
    }

    private static String oneOf(String text, String... choices) {
        for (String choice : choices) {
            if (choice.equalsIgnoreCase(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("write one of: " + String.join(", ", choices));
    }

    private static boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new IllegalArgumentException("write on or off");
        };
    }

    private static String originPattern(String text) {
        return matching(
                text,
                "\\*|\\.?[A-Za-z0-9._-]+|[A-Za-z][A-Za-z0-9+.-]*://(\\.?[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?",
                "write origins such as https://intranet.example.com:8443 or .example.com, separated by commas");
    }

    private static String webAddress(String text) {
        return matching(
                text,
                "(?i)https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?(/[^?#]*)?",
                "write an address such as https://chat.example.com");
    }

    /** Who can change the keys on their way can sign as anybody. */
    private static URI keysAddress(String text) {
        matching(
                text,
                "(?i)(https://([a-z0-9._-]+|\\[[0-9a-f:.]+])|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1]))(:\\d{1,5})?(/[^#\\s]*)?",
                "write an address such as https://login.example.com/keys");
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("write an address such as https://login.example.com/keys", e);
        }
    }

    private static Path dataDirectory(String text) {
        try {
            return (text.isEmpty() ? defaultDataDirectory() : Path.of(text)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("write the path of a directory", e);
        }
    }

    private static Path defaultDataDirectory() {
        String wildfly = System.getProperty("jboss.server.data.dir");
        return wildfly == null ? Path.of(System.getProperty("user.home"), ".foyer") : Path.of(wildfly, "foyer");
    }
}
