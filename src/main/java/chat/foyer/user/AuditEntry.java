package chat.foyer.user;

import chat.foyer.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * Something that was done, and by whom. Immutable.
 *
 * @param at when, to the millisecond, as the database keeps it
 * @param actor the id of who did it, or what is known of them
 * @param action what it was, such as {@code token.create}
 * @param subject the id of what it was done to; may be empty
 * @param detail what else one should know; may be empty; never a secret, never the text of a message
 */
record AuditEntry(Instant at, String actor, String action, String subject, String detail) {
    /** The hash before the first entry. */
    static final String ORIGIN = "0".repeat(64);

    private static final int MAX_WORD = 100;
    private static final int MAX_SUBJECT = 300;
    private static final int MAX_DETAIL = 1_000;

    /** What is to be recorded now: escaped, cut to what fits. */
    static AuditEntry of(Instant at, String actor, String action, String subject, String detail) {
        return new AuditEntry(
                at.truncatedTo(ChronoUnit.MILLIS),
                escaped(actor, MAX_WORD),
                escaped(action, MAX_WORD),
                escaped(subject, MAX_SUBJECT),
                escaped(detail, MAX_DETAIL));
    }

    private static String escaped(String text, int max) {
        StringBuilder line = new StringBuilder();
        for (int codePoint : text.codePoints().limit(max).toArray()) {
            String shown = shown(codePoint);
            if (line.length() + shown.length() > max - 1) { // H2 counts in UTF-16, as this does
                return line.append('…').toString();
            }
            line.append(shown);
        }
        return line.toString();
    }

    /** Readable as it is in a terminal and a log: no new line, escape, bidirectional override or lone surrogate. */
    private static String shown(int codePoint) {
        if (codePoint == '\\') {
            return "\\\\";
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> String.format("\\u{%x}", codePoint);
            default -> Character.toString(codePoint);
        };
    }

    /**
     * The hash of this entry under a number: SHA-256 over the hash before and the fields. Each has its length before it, so
     * that nothing can move from one field to the next.
     */
    String hash(String previous, long number) {
        MessageDigest digest = Sha256.begin();
        for (String field : List.of(previous, Long.toString(number), at.toString(), actor, action, subject, detail)) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
