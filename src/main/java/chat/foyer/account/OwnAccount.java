package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.AccessChanges;
import chat.foyer.user.Account;
import chat.foyer.user.Attempts;
import chat.foyer.user.AuditLog;
import chat.foyer.user.Identity;
import chat.foyer.user.LinkStore;
import chat.foyer.user.Names;
import chat.foyer.user.PasswordStore;
import chat.foyer.user.Passwords;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Sessions;
import chat.foyer.user.Site;
import chat.foyer.words.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** What people change about their own account. Thread-safe; waits for the database and for hashes. */
@ApplicationScoped
public class OwnAccount {

    @Inject
    PersonStore people;

    @Inject
    PasswordStore store;

    @Inject
    LinkStore links;

    @Inject
    Passwords passwords;

    @Inject
    Sessions sessions;

    @Inject
    Attempts attempts;

    @Inject
    AccessChanges accessChanges;

    @Inject
    AuditLog audit;

    /** @throws ChatException ({@link Fault#SIGNED_OUT}) when the account is gone meanwhile */
    Person of(Identity identity) {
        return people.byId(identity.user().id()).orElseThrow(() -> new ChatException(Fault.SIGNED_OUT));
    }

    /** Changes what is said; what is empty stays as it is. An empty zone is the browser's. */
    Person describe(Identity identity, Optional<String> name, Optional<String> language, Optional<String> zone) {
        Person before = of(identity);
        language.ifPresent(Site::checkLanguage);
        zone.ifPresent(OwnAccount::checkZone);
        String newName = name.map(Names::display).orElse(before.name());
        people.describe(before, newName, language.orElse(before.language()), zone.orElse(before.zone()));
        if (!newName.equals(before.name())) {
            accessChanges.announce();
            audit.record(before.id(), "person.name", before.id(), newName);
        }
        return of(identity);
    }

    private static void checkZone(String zone) {
        try {
            if (!zone.isEmpty()) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.zone"), "zone");
        }
    }

    /**
     * Gives the caller another password; their other sessions end.
     *
     * @throws ChatException ({@link Fault#CREDENTIALS}) when the current one is another
     */
    void changePassword(Identity identity, String address, String current, String wanted) {
        Person person = of(identity);
        Passwords.check(wanted, "new");
        Attempts.Attempt attempt = attempts.begin(person.handle(), address);
        Optional<Account> account = store.account(person.handle());
        boolean changed = passwords.matches(current, account.map(Account::hash))
                && people.changePassword(
                        account.get(),
                        passwords.hash(wanted),
                        Optional.of(identity.proof().id()));
        if (!changed) {
            audit.record(person.id(), "password.fail", person.id(), address);
            throw new ChatException(Fault.CREDENTIALS, Phrase.of("fault.password.current"), "current");
        }
        attempts.succeeded(attempt);
        accessChanges.announce();
        audit.record(person.id(), "password.change", person.id(), address);
    }

    /** @throws ChatException ({@link Fault#NO_SESSION}) when the caller has none of this id */
    void endSession(Identity identity, String id) {
        String person = identity.user().id();
        if (!sessions.end(person, id)) {
            throw new ChatException(Fault.NO_SESSION);
        }
        audit.record(person, "sign-out", person, id);
    }

    /** Signs the caller out everywhere but here. */
    void endOtherSessions(Identity identity) {
        String person = identity.user().id();
        sessions.endOthers(person, identity.proof().id());
        audit.record(person, "sign-out.others", person, "");
    }

    /** @throws ChatException ({@link Fault#LINK}) when this secret gives nobody another password */
    Person checkReset(String secret) {
        return links.isReset(secret).orElseThrow(() -> new ChatException(Fault.LINK));
    }

    /** Gives whoever was sent this secret another password; whatever they were signed in with ends. */
    Account reset(String secret, String wanted, String address) {
        Person person = checkReset(secret); // before the hash, which is expensive
        Passwords.check(wanted, "password");
        String hash = passwords.hash(wanted);
        links.reset(secret, hash);
        accessChanges.announce();
        audit.record(person.id(), "password.reset", person.id(), address);
        return new Account(person, hash);
    }
}
