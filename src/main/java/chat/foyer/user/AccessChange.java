package chat.foyer.user;

/**
 * Somebody may do less, or other things, from now on. Immutable.
 *
 * @param number takes the installation's next one, without holes
 * @param kind what {@code subject} names
 * @param subject the id of a user or of a proof
 * @param reason what whoever is affected is to do
 */
public record AccessChange(long number, Kind kind, String subject, Reason reason) {

    /** Whom it concerns. */
    public enum Kind {
        /** Everything by which this user was recognised so far. */
        USER,
        /** One session or token. */
        PROOF
    }

    /** Why. */
    public enum Reason {
        /** Signed out, disabled, given another password, a token deleted: it is over. */
        ENDED,
        /** Another role or name: what was established before must be established anew. */
        CHANGED
    }
}
