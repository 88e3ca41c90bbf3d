package chat.foyer.user;

import java.time.Instant;

/**
 * Somebody who has signed in with a browser, as they see it in their list. Immutable; holds no secret.
 *
 * @param id names it, to end it; also the id of its proof
 * @param address from where it was begun
 * @param agent the browser, as it calls itself
 * @param createdAt when it was begun
 * @param lastSeenAt when it was used last, to the minute
 * @param stays whether the browser keeps it when it is closed
 */
public record Session(String id, String address, String agent, Instant createdAt, Instant lastSeenAt, boolean stays) {}
