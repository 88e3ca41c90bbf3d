package chat.foyer.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything below {@code /assets/} of this WAR, read and compressed at the first use and kept in memory: under a megabyte,
 * which only grows with the WAR. Thread-safe.
 *
 * <p>Pages address it by a version that follows from all of it, {@code /assets/<version>/js/room.js}, so that a browser never
 * asks again for what it has, and a new Foyer is new from its first page on; see {@link AssetServlet}.
 */
@Named("assets")
@ApplicationScoped
public class Assets {
    /** Where they are, in the WAR and for browsers. */
    static final String PATH = "/assets";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    @Inject
    ServletContext application;

    private final SortedMap<String, Asset> byPath = new TreeMap<>();
    private final Map<String, List<String>> modules = new ConcurrentHashMap<>();
    private String version;

    @PostConstruct
    void read() {
        read(PATH + "/");
        StringBuilder all = new StringBuilder();
        byPath.forEach((path, asset) -> all.append(path).append(asset.plain().tag()));
        version = Asset.hash(all.toString().getBytes(UTF_8));
    }

    private void read(String directory) {
        for (String path : application.getResourcePaths(directory)) {
            if (path.endsWith("/")) {
                read(path);
            } else {
                byPath.put(path.substring(PATH.length()), Asset.of(typeOf(path), contentOf(path)));
            }
        }
    }

    private byte[] contentOf(String path) {
        return path.endsWith(".css") ? StyleSheets.whole(path, this::textOf).getBytes(UTF_8) : bytesOf(path);
    }

    private String textOf(String path) {
        return new String(bytesOf(path), UTF_8);
    }

    private byte[] bytesOf(String path) {
        try (InputStream resource = application.getResourceAsStream(path)) {
            if (resource == null) {
                throw new FileNotFoundException(path);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String typeOf(String path) {
        String known = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        return Optional.ofNullable(known)
                .or(() -> Optional.ofNullable(application.getMimeType(path)))
                .orElse("application/octet-stream");
    }

    /** @param path begins with a slash, below {@code /assets} */
    Optional<Asset> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    String version() {
        return version;
    }

    /** What the addresses of assets begin with on pages. */
    public String getRoot() {
        return application.getContextPath() + PATH + "/" + version;
    }

    /** The addresses of all that a script needs before it runs, for a page that would have them loaded at once. */
    public List<String> modulesOf(String script) {
        return modules.computeIfAbsent(
                script,
                entry -> Imports.of(entry, this::script).stream()
                        .map(module -> getRoot() + "/js/" + module)
                        .toList());
    }

    private String script(String name) {
        return at("/js/" + name)
                .map(asset -> new String(asset.plain().bytes(), UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("There is no script " + name));
    }
}
