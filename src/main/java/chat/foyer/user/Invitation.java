package chat.foyer.user;

import java.time.Instant;

/**
 * Somebody may make themselves an account, once. Immutable; holds no secret.
 *
 * @param id names it, to take it back
 * @param role what they are going to be
 * @param note for whom it is, for administrators
 * @param createdBy the name of the administrator
 * @param createdAt when it was made
 * @param endsAt until when it holds
 */
public record Invitation(String id, Role role, String note, String createdBy, Instant createdAt, Instant endsAt) {}
