package chat.foyer.account;

import chat.foyer.user.Names;
import chat.foyer.user.Passwords;
import chat.foyer.user.Person;
import chat.foyer.user.Role;
import chat.foyer.user.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What somebody says who makes themselves an account. Immutable; never logged.
 *
 * @param handle with which they want to sign in
 * @param name by which others see them
 * @param password theirs
 * @param language of their pages
 */
record NewAccount(String handle, String name, String password, String language) {
    NewAccount {
        handle = Names.handle(handle);
        name = Names.display(name);
        Passwords.check(password, "password");
    }

    Person person(Role role) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Person(Secret.newId("u-"), handle, name, role, language, "", now, false);
    }

    @Override
    public String toString() {
        return "NewAccount[" + handle + "]";
    }
}
