package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.Account;
import chat.foyer.user.AuditLog;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Identity;
import chat.foyer.user.Invitation;
import chat.foyer.user.InvitationStore;
import chat.foyer.user.Passwords;
import chat.foyer.user.Person;
import chat.foyer.user.Role;
import chat.foyer.user.Secret;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How accounts come to be after the first: by invitation, or by everybody's own wish. Thread-safe; waits for the database. */
@ApplicationScoped
public class Joining {
    private static final Duration AGE = Duration.ofDays(7);
    private static final int MAX_NOTE = 100;

    /**
     * An invitation that was just made. Immutable; never logged.
     *
     * @param secret shown this once
     */
    record Made(Invitation invitation, String secret) {}

    @Inject
    InvitationStore store;

    @Inject
    Passwords passwords;

    @Inject
    GuestPolicy site;

    @Inject
    AuditLog audit;

    Made invite(Identity administrator, Role role, String note) {
        if (role == Role.GUEST) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.role.invitation"), "role");
        }
        if (note.length() > MAX_NOTE) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.note", MAX_NOTE), "note");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Invitation invitation = new Invitation(
                Secret.newId("i-"), role, note.strip(), administrator.user().name(), now, now.plus(AGE));
        String secret = Secret.create();
        store.insert(invitation, secret, administrator.user().id());
        audit.record(administrator.user().id(), "invitation.create", invitation.id(), role.name());
        return new Made(invitation, secret);
    }

    List<Invitation> open() {
        return store.open();
    }

    /** @throws ChatException ({@link Fault#LINK}) when there is none of this id that nobody has used */
    void takeBack(Identity administrator, String id) {
        if (!store.delete(id)) {
            throw new ChatException(Fault.LINK, Phrase.of("fault.invitation.gone"));
        }
        audit.record(administrator.user().id(), "invitation.delete", id, "");
    }

    /** @throws ChatException ({@link Fault#LINK}) when nobody may join by this secret; an empty one is no invitation */
    void check(String secret) {
        boolean allowed = secret.isEmpty()
                ? site.site().registration()
                : store.role(secret).isPresent();
        if (!allowed) {
            throw new ChatException(
                    Fault.LINK, Phrase.of(secret.isEmpty() ? "fault.invitation.needed" : "fault.invitation"));
        }
    }

    /** Makes an account. */
    Account join(String secret, NewAccount account) {
        check(secret); // before the hash, which is expensive
        Person person = account.person(Role.MEMBER);
        String hash = passwords.hash(account.password());
        if (secret.isEmpty()) {
            store.register(person, hash);
        } else {
            store.join(secret, person, hash);
        }
        audit.record(person.id(), "join", person.id(), person.handle());
        return new Account(person, hash);
    }
}
