package chat.foyer.web;

/** What a caller must be to use a route of the REST API. */
public enum Need {
    /** Somebody at all, be it a guest. */
    READ,
    /** The same, and not a program that may only read. */
    WRITE,
    /** Somebody with an account, in person or by a program. */
    ACCOUNT,
    /** Somebody who has signed in, in person: no program gives itself more rights. */
    SESSION,
    /** An administrator, in person or by a program that may administer. */
    ADMIN
}
