package chat.foyer.user;

import java.time.Instant;
import java.util.Optional;

/**
 * A personal access token as it may be shown: by it a program acts for its owner. Immutable; holds no secret.
 *
 * @param id names it in lists and in its proof
 * @param label what its owner calls it
 * @param scope what it allows at most
 * @param createdAt when it was made
 * @param expiresAt when it ends; empty for never
 * @param usedAt when it was used last, at most a minute too old; empty for never
 */
public record Token(
        String id,
        String label,
        Scope scope,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> usedAt) {}
