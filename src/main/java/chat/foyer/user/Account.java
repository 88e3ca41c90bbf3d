package chat.foyer.user;

/**
 * Somebody who can sign in, with what is stored of their password. Immutable; never logged.
 *
 * @param person who they are
 * @param hash of the password
 */
public record Account(Person person, String hash) {
    @Override
    public String toString() {
        return "Account[" + person.id() + "]";
    }
}
