package chat.foyer.user;

import java.util.Optional;

/**
 * Somebody, with what they may do and how that was proved, as of one moment. Immutable.
 *
 * @param user who
 * @param role what they may do on the site
 * @param proof by what they were recognised
 * @param asOf the number of the last {@link AccessChange} that was taken into account; later ones may void this
 */
public record Identity(User user, Role role, Proof proof, long asOf) {

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
