package chat.foyer.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Short commands of the operating system. */
public final class Command {
    private Command() {}

    /** Runs it and returns what it printed; fails when it fails. */
    public static String run(String... command) {
        Process process = start(command).orElseThrow(() -> new IllegalStateException(command[0] + " is not here"));
        String output = output(process);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Whether it exists and ends with 0. */
    public static boolean succeeds(String... command) {
        Optional<Process> process = start(command);
        process.ifPresent(Command::output);
        return process.isPresent() && process.get().exitValue() == 0;
    }

    /** Sends a signal such as {@code STOP}. */
    public static void signal(Process process, String name) {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    private static Optional<Process> start(String... command) {
        try {
            return Optional.of(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String output(Process process) {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
