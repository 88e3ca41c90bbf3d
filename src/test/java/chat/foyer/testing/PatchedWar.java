package chat.foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The built WAR with something changed: lines of the product's own source are replaced and compiled, so a test meets a
 * bug or a wrong clock in the running server, and the product needs no switch for it; or with classes of the tests, as
 * others add theirs. For one thread.
 */
public final class PatchedWar {
    private static final Path JAVA = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources");

    private final Path directory;
    private final Path war;

    private PatchedWar() {
        try {
            directory = Files.createTempDirectory(Files.createDirectories(ServerProcess.DATA), "patched-");
            war = Files.copy(ServerProcess.WAR, directory.resolve("ROOT.war"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A WAR as it was built. */
    public static PatchedWar built() {
        return new PatchedWar();
    }

    /** Adds classes of the tests and what is nested in them. */
    public PatchedWar with(Class<?>... types) {
        try {
            Path classes = Files.createTempDirectory(directory, "classes-");
            for (Class<?> type : types) {
                for (Class<?> member : type.getNestMembers()) {
                    String name = member.getName().replace('.', '/') + ".class";
                    Path target = classes.resolve(name);
                    Files.createDirectories(target.getParent());
                    try (InputStream code = member.getClassLoader().getResourceAsStream(name)) {
                        Files.copy(code, target);
                    }
                }
            }
            put(classes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text, which must stand there once, in a class of the product. */
    public PatchedWar inClass(String name, String good, String bad) {
        try {
            Path source = directory.resolve(name.substring(name.lastIndexOf('.') + 1) + ".java");
            Files.writeString(source, replaced(JAVA.resolve(name.replace('.', '/') + ".java"), good, bad));
            Path classes = Files.createTempDirectory(directory, "classes-");
            compile(source, classes);
            put(classes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text, which must stand there once, in a resource of the product. */
    public PatchedWar inResource(String name, String good, String bad) {
        try {
            Path resources = Files.createTempDirectory(directory, "resources-");
            Path target = resources.resolve(name);
            Files.createDirectories(target.getParent());
            Files.writeString(target, replaced(RESOURCES.resolve(name), good, bad));
            put(resources);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replaced(Path file, String good, String bad) throws IOException {
        String text = Files.readString(file);
        assertThat(text.split(java.util.regex.Pattern.quote(good), -1))
                .as(file + " has changed: patch anew what was this\n" + good)
                .hasSize(2);
        return text.replace(good, bad);
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-proc:none",
                "-nowarn",
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(done).as("the patch compiles").isTrue();
        }
    }

    private void put(Path tree) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + war.toUri()), Map.of());
                Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = inside.getPath("/WEB-INF/classes/" + tree.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    public Path war() {
        return war;
    }
}
