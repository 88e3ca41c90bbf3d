package chat.foyer.bench.server;

import chat.foyer.testing.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The WAR that the working tree is compared with. */
public final class EarlierBuild {
    private static final Path BUILDS = Workplace.DIRECTORY.resolve("before");

    private EarlierBuild() {}

    /**
     * The one that {@code -Dbench.before} names; else that of the last commit, or, when nothing has changed since, of the one
     * before it. It is built once in a worktree that git then forgets.
     */
    public static Path war() {
        String named = System.getProperty("bench.before", "");
        if (!named.isEmpty()) {
            if (!Files.isRegularFile(Path.of(named))) {
                throw new IllegalArgumentException("-Dbench.before takes the path of a WAR; there is none at " + named);
            }
            return Path.of(named);
        }
        boolean changed = !Command.run("git", "status", "--porcelain", "--", "src/main", "pom.xml")
                .isBlank();
        String commit =
                Command.run("git", "rev-parse", changed ? "HEAD" : "HEAD~1").strip();
        Path war = BUILDS.resolve(commit + ".war");
        if (!Files.exists(war)) {
            build(commit, war);
        }
        return war;
    }

    private static void build(String commit, Path war) {
        System.out.println("[bench] builds " + commit);
        Path tree = BUILDS.resolve("tree");
        Command.run("git", "worktree", "prune");
        Command.run("git", "worktree", "add", "--detach", "--force", tree.toString(), commit);
        try {
            Command.run("mvn", "-B", "-ntp", "-q", "-f", tree.resolve("pom.xml").toString(), "package", "-DskipTests");
            Files.move(tree.resolve("target").resolve("ROOT.war"), war, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Command.run("git", "worktree", "remove", "--force", tree.toString());
        }
    }
}
