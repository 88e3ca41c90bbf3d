package chat.foyer.bench.server;

import chat.foyer.testing.Command;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the peers in Python need, as Debian's packages bring it. */
public enum PythonPackages {
    /** For the channel layer on its own. */
    LAYER(new Needed("channels_redis.core", "python3-channels-redis")),

    /** For the whole server. */
    DJANGO(
            new Needed("django", "python3-django"),
            new Needed("channels", "python3-django-channels"),
            new Needed("channels_redis.core", "python3-channels-redis"),
            new Needed("hiredis", "python3-hiredis"),
            new Needed("daphne", "daphne"));

    private record Needed(String module, String debianPackage) {}

    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    private final List<Needed> needed;

    PythonPackages(Needed... needed) {
        this.needed = List.of(needed);
    }

    /** The Python that has all of it: the first on the path, or the system's own. */
    public Optional<String> interpreter() {
        return INTERPRETERS.stream().filter(python -> missing(python).isEmpty()).findFirst();
    }

    /** The packages without which nothing comes of it, by the Python that lacks the fewest. */
    public List<String> missing() {
        return INTERPRETERS.stream()
                .map(this::missing)
                .min(Comparator.comparing(List::size))
                .orElseThrow();
    }

    private List<String> missing(String python) {
        return needed.stream()
                .filter(need -> !Command.succeeds(python, "-c", "import " + need.module()))
                .map(Needed::debianPackage)
                .toList();
    }

    /** The version of this one of its modules that takes part. */
    public Optional<String> version(String module) {
        String program = "import %1$s; print(%1$s.__version__)".formatted(module);
        return interpreter().map(python -> Command.run(python, "-c", program).strip());
    }
}
