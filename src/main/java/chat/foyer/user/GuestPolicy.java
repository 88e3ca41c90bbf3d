package chat.foyer.user;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether people without an account may come in. Thread-safe. */
@ApplicationScoped
public class GuestPolicy {

    @Inject
    Configuration configuration;

    /** As of now: what {@code foyer.guests} says. */
    public boolean admitsGuests() {
        return configuration.get(Settings.GUESTS);
    }
}
