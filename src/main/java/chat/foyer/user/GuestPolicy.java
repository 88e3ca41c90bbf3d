package chat.foyer.user;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/**
 * What holds for the whole site: its name, and whether people without an account may come in. Thread-safe; waits for the
 * database once a second at most, so a change is known on every node after that.
 */
@ApplicationScoped
public class GuestPolicy {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Read(Site site, long atNanos) {}

    @Inject
    Configuration configuration;

    @Inject
    SiteStore store;

    private volatile Read last;

    /** What {@code foyer.guests} says; when it says nothing, what administrators have decided. */
    public boolean admitsGuests() {
        return configuration.get(Settings.GUESTS).orElseGet(() -> site().guests());
    }

    /** Whether {@code foyer.guests} decides about guests, whatever administrators say. */
    public boolean isFixed() {
        return configuration.get(Settings.GUESTS).isPresent();
    }

    /** What administrators have decided; at most a second old. */
    public Site site() {
        Read known = last;
        if (known == null || System.nanoTime() - known.atNanos() > KEPT_NANOS) {
            long now = System.nanoTime(); // before the read: what changes after it is read next time
            known = new Read(store.site(), now);
            last = known;
        }
        return known.site();
    }

    /** To be called after a change, so that who made it sees it at once. */
    public void changed() {
        last = null;
    }
}
