package chat.foyer.presence;

import java.util.Set;

/** Hears when people come online, go, or turn away and back, on whatever node; found as a CDI bean. */
public interface PresenceListener {

    /**
     * The status of these users is another one than before; ask {@link Presence#online} for it. Called by one thread at a
     * time, at most a few times a second; must not block.
     */
    void presenceChanged(Set<String> users);
}
