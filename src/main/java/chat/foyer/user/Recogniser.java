package chat.foyer.user;

import java.util.Optional;

/** One way to recognise somebody; found as a CDI bean. Thread-safe; may wait for the database. */
public interface Recogniser {

    /**
     * Whom these credentials stand for; empty when they are none of this kind.
     *
     * @throws chat.foyer.fault.ChatException when they are of this kind and not valid; such a request is refused and its
     *     caller does not become a guest instead
     */
    Optional<Identity> recognise(Credentials credentials);
}
