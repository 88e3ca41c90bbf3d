package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.live.RoomService;
import chat.foyer.room.RoomName;
import chat.foyer.user.Account;
import chat.foyer.user.AuditLog;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.LinkStore;
import chat.foyer.user.Passwords;
import chat.foyer.user.Person;
import chat.foyer.user.Role;
import chat.foyer.user.Secret;
import chat.foyer.user.Site;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The first run: one link makes the first administrator, who sets up the site. Thread-safe; waits for the database. */
@ApplicationScoped
public class Setup {
    private static final Duration LINK_AGE = Duration.ofMinutes(60);
    private static final Duration SETTING_AGE = Duration.ofDays(3_650); // as long as the setting stands there

    @Inject
    Configuration configuration;

    @Inject
    LinkStore links;

    @Inject
    Passwords passwords;

    @Inject
    GuestPolicy site;

    @Inject
    AuditLog audit;

    @Inject
    RoomService rooms;

    /**
     * Opens the first run while there is no administrator.
     *
     * @return the secret of a link to be printed; empty when there is an administrator or a setting says the secret
     */
    public Optional<String> open() {
        Optional<String> chosen = configuration.get(Settings.SETUP_TOKEN);
        String secret = chosen.orElseGet(Secret::create);
        boolean opened = links.openSetup(secret, chosen.isPresent() ? SETTING_AGE : LINK_AGE);
        return opened && chosen.isEmpty() ? Optional.of(secret) : Optional.empty();
    }

    /** @throws ChatException ({@link Fault#LINK}) when this secret does not open the first run */
    void check(String secret) {
        if (!links.isSetup(secret)) {
            throw new ChatException(Fault.LINK, Phrase.of("fault.setup"));
        }
    }

    /** Makes the first administrator and sets up the site; the first rooms open a moment later. */
    Account finish(String secret, NewAccount account, Site chosen, List<RoomName> firstRooms) {
        check(secret); // before the hash, which is expensive
        Person administrator = account.person(Role.ADMINISTRATOR);
        String hash = passwords.hash(account.password());
        links.setUp(secret, administrator, hash, chosen);
        site.changed();
        audit.record(administrator.id(), "setup", administrator.id(), administrator.handle());
        firstRooms.forEach(name -> rooms.begin(name, administrator.user()));
        return new Account(administrator, hash);
    }
}
