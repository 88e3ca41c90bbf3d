package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.AccessChanges;
import chat.foyer.user.AuditLog;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Identity;
import chat.foyer.user.LinkStore;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Role;
import chat.foyer.user.Secret;
import chat.foyer.user.Sessions;
import chat.foyer.user.Site;
import chat.foyer.user.SiteStore;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** What administrators do to accounts and to the site. Thread-safe; waits for the database. */
@ApplicationScoped
public class Administration {
    private static final Duration RESET_AGE = Duration.ofHours(24);

    @Inject
    PersonStore people;

    @Inject
    LinkStore links;

    @Inject
    Sessions sessions;

    @Inject
    AccessChanges accessChanges;

    @Inject
    AuditLog audit;

    @Inject
    GuestPolicy policy;

    @Inject
    SiteStore sites;

    /** @throws ChatException ({@link Fault#NO_PERSON}) when there is nobody of this id */
    Person person(String id) {
        return people.byId(id).orElseThrow(() -> new ChatException(Fault.NO_PERSON));
    }

    /**
     * Gives somebody another role, or lets them in no more, or in again; holds on every node within a second.
     *
     * @throws ChatException ({@link Fault#FORBIDDEN}) for the last administrator
     */
    Person change(Identity administrator, String id, Optional<Role> role, Optional<Boolean> disabled) {
        if (role.filter(Role.GUEST::equals).isPresent()) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.role.person"), "role");
        }
        Person before = people.change(id, role, disabled).orElseThrow(() -> new ChatException(Fault.NO_PERSON));
        accessChanges.announce();
        String actor = administrator.user().id();
        role.filter(wanted -> wanted != before.role())
                .ifPresent(wanted -> audit.record(actor, "person.role", id, wanted.name()));
        disabled.filter(wanted -> wanted != before.disabled())
                .ifPresent(wanted -> audit.record(actor, wanted ? "person.disable" : "person.enable", id, ""));
        return person(id);
    }

    /** The secret of a link by which somebody chooses another password; void once used, replaced, or a day old. */
    String reset(Identity administrator, String id) {
        person(id);
        String secret = Secret.create();
        if (!links.openReset(secret, id, RESET_AGE)) {
            throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.disabled"));
        }
        audit.record(administrator.user().id(), "person.reset", id, "");
        return secret;
    }

    /** Ends everything somebody is signed in with by a browser, on every node. */
    void signOut(Identity administrator, String id) {
        person(id);
        sessions.endAll(id);
        audit.record(administrator.user().id(), "person.sign-out", id, "");
    }

    Site site() {
        return sites.site();
    }

    /** Decides about the site; known on every node within a second. */
    Site change(Identity administrator, Site site) {
        sites.change(site);
        policy.changed();
        audit.record(administrator.user().id(), "site.change", "", site.toString());
        return site;
    }
}
