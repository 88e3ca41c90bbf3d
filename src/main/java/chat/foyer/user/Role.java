package chat.foyer.user;

/** What somebody may do on the whole site; what they may do in a room is the room's business. */
public enum Role {
    /** Has no account; may use open rooms only. */
    GUEST,
    /** Has an account. */
    MEMBER,
    /** Looks after the site: accounts, invitations, all rooms but direct ones. */
    ADMINISTRATOR
}
