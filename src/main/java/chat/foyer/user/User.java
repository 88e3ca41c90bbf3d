package chat.foyer.user;

import java.util.regex.Pattern;

/**
 * Somebody who takes part. Immutable.
 *
 * @param id what stays the same as long as somebody is the same; safe to show to others
 * @param name what others see
 * @param guest whether this user has no account
 */
public record User(String id, String name, boolean guest) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_NAME = 100;

    public User {
        if (!ID.matcher(id).matches() || name.isBlank() || name.length() > MAX_NAME || !isOneLine(name)) {
            throw new IllegalArgumentException("This is no id or name of a user");
        }
    }

    /** Whether a text shows all of its characters on one line; no surrogates without their other half, no directions. */
    static boolean isOneLine(String text) {
        return text.codePoints()
                .mapToObj(Character::getType)
                .noneMatch(type -> type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }
}
