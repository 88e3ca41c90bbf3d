package chat.foyer.user;

/**
 * Somebody who takes part. Immutable.
 *
 * @param id what stays the same as long as somebody is the same; safe to show to others
 * @param name what others see
 * @param guest whether this user has no account
 */
public record User(String id, String name, boolean guest) {}
