package chat.foyer.user;

import chat.foyer.fault.Fault;
import java.time.Instant;
import java.util.Optional;

/**
 * By what somebody was recognised. Immutable; holds no secret.
 *
 * @param kind the way
 * @param id which session, token or key it was, to revoke it by; the guest's id for guests
 * @param scope what it allows at most
 * @param expiresAt when it ends by itself; empty when it does not
 */
public record Proof(Kind kind, String id, Scope scope, Optional<Instant> expiresAt) {

    /** The ways to be recognised. */
    public enum Kind {
        /** The cookie of a guest. */
        GUEST,
        /** The cookie of somebody who has signed in. */
        SESSION,
        /** A personal access token. */
        TOKEN,
        /** A signed token of a configured issuer (RFC 7519). */
        JWT
    }

    /** Whether it has ended by itself. */
    public boolean hasEnded(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    /** Whether a program has shown it, in the name of a person. */
    public boolean isOfProgram() {
        return kind == Kind.TOKEN || kind == Kind.JWT;
    }

    /** What its holder is told once it has ended, by itself or otherwise. */
    public Fault fault() {
        return isOfProgram() ? Fault.TOKEN : Fault.SIGNED_OUT;
    }
}
