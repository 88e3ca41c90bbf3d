package chat.foyer.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Installs the peers that run on Node.js, by {@code npm ci} from their lock files, below {@code target}. */
public final class NodePackages {
    private static final Path SOURCES = Path.of("src", "bench", "peers");
    private static final long NPM_MINUTES = 5;

    private NodePackages() {}

    /** Whether this machine has Node.js. */
    public static boolean available() {
        return version().isPresent();
    }

    /** The version of Node.js, when this machine has it and npm. */
    public static Optional<String> version() {
        return output("npm", "--version").flatMap(npm -> output("node", "--version"));
    }

    private static Optional<String> output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(false).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The directory of this peer, with everything it needs. */
    public static Path install(String peer) {
        Path target = Workplace.DIRECTORY.resolve("peers").resolve(peer);
        Path installed = target.resolve("package-lock.json");
        try {
            Files.createDirectories(target);
            Path lock = SOURCES.resolve(peer).resolve("package-lock.json");
            Files.copy(
                    SOURCES.resolve(peer).resolve("server.js"),
                    target.resolve("server.js"),
                    StandardCopyOption.REPLACE_EXISTING);
            if (Files.exists(target.resolve("node_modules")) && Files.mismatch(lock, installed) < 0) {
                return target;
            }
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(
                    SOURCES.resolve(peer).resolve("package.json"),
                    target.resolve("package.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            npmCi(target);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void npmCi(Path directory) throws IOException {
        Process npm = new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("npm.log").toFile())
                .start();
        try {
            if (!npm.waitFor(NPM_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroy();
                throw new IllegalStateException("npm ci failed:\n" + Files.readString(directory.resolve("npm.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
