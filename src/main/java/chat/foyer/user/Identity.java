package chat.foyer.user;

import java.util.Optional;

/**
 * Somebody, with what they may do and how that was proved, as of one moment. Immutable.
 *
 * @param user who
 * @param role what they may do on the site
 * @param language in which they read, as in BCP 47; empty where they have not chosen one, as guests and programs
 * @param proof by what they were recognised
 * @param asOf the number of the last {@link AccessChange} that was taken into account; later ones may void this
 */
public record Identity(User user, Role role, Optional<String> language, Proof proof, long asOf) {

    /** Somebody who has chosen no language. */
    public Identity(User user, Role role, Proof proof, long asOf) {
        this(user, role, Optional.empty(), proof, asOf);
    }

    /** A guest is recognised by nothing that could be revoked. */
    public static Identity ofGuest(User guest) {
        return new Identity(
                guest, Role.GUEST, new Proof(Proof.Kind.GUEST, guest.id(), Scope.WRITE, Optional.empty()), 0);
    }

    public boolean isGuest() {
        return role == Role.GUEST;
    }

    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR && proof.scope() == Scope.ADMIN;
    }

    /** Whether this change, made after this identity was established, ends it. */
    public boolean isVoidedBy(AccessChange change) {
        return change.number() > asOf
                && switch (change.kind()) {
                    case USER -> change.subject().equals(user.id());
                    case PROOF -> change.subject().equals(proof.id());
                };
    }
}
