package chat.foyer.user;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The public keys of the issuer, as it published them last. Thread-safe; waits for the issuer at times.
 *
 * <p>Invariant: the issuer is asked at most once a minute, whatever keys the tokens name that strangers send; so a key that
 * it takes back counts for a quarter of an hour more, and for an hour while it cannot be asked.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
    private static final long ASKED_EVERY = Duration.ofMinutes(1).toNanos();
    private static final long FRESH = Duration.ofMinutes(15).toNanos();
    private static final long USABLE = Duration.ofHours(1).toNanos();

    /** How the issuer is asked. */
    interface Issuer {
        JWKSet publishedKeys() throws IOException, ParseException;
    }

    /** What was published at this time of the clock. Immutable. */
    private record Published(JWKSet keys, long at) {}

    private final Issuer issuer;
    private final LongSupplier clock;
    private volatile Published known;
    private long askedAt; // both are guarded by this
    private boolean asked;

    /** @param clock in nanoseconds, as that of the system */
    IssuerKeys(Issuer issuer, LongSupplier clock) {
        this.issuer = issuer;
        this.clock = clock;
        this.known = new Published(new JWKSet(), clock.getAsLong() - USABLE);
    }

    /** The keys that are meant; none when the issuer has none like that. */
    @Override
    public List<JWK> get(JWKSelector wanted, SecurityContext context) throws KeySourceException {
        List<JWK> found = wanted.select(known.keys());
        if (!found.isEmpty() && age() < FRESH) {
            return found;
        }
        askAgain();
        if (age() >= USABLE) {
            throw new KeySourceException("The issuer's keys are not known.");
        }
        return wanted.select(known.keys());
    }

    private long age() {
        return clock.getAsLong() - known.at();
    }

    private synchronized void askAgain() throws KeySourceException {
        long now = clock.getAsLong();
        if (asked && now - askedAt < ASKED_EVERY) {
            return;
        }
        asked = true;
        askedAt = now;
        try {
            known = new Published(issuer.publishedKeys(), now);
        } catch (IOException | ParseException e) {
            if (age() >= USABLE) {
                throw new KeySourceException("The issuer's keys could not be fetched: " + e.getMessage(), e);
            }
        }
    }
}
