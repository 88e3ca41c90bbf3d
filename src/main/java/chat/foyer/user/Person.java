package chat.foyer.user;

import java.time.Instant;

/**
 * Somebody with an account. Immutable.
 *
 * @param id stays the same for ever; safe to show to others
 * @param handle what they sign in with and are mentioned by, in small letters
 * @param name what others see
 * @param role what they may do on the site
 * @param language of the pages, as in BCP 47
 * @param zone of the times, as in the IANA database; empty for the browser's
 * @param createdAt since when there is this account
 * @param disabled whether it may not be used any more
 */
public record Person(
        String id,
        String handle,
        String name,
        Role role,
        String language,
        String zone,
        Instant createdAt,
        boolean disabled) {

    /** As whom they take part. */
    public User user() {
        return new User(id, name, false);
    }

    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR;
    }
}
