package chat.foyer.file;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * What a file is called: one line without directories, controls and invisible characters that could make it look like
 * something else. Immutable. Whatever a client says becomes a name; it never is one of a file on this machine.
 *
 * @param text 1 to {@value #MAX_LENGTH} code points
 */
public record FileName(String text) {
    static final int MAX_LENGTH = 120;

    private static final String NAMELESS = "file";
    private static final int LONGEST_EXTENSION = 12;
    private static final String ATTR_CHARS = "!#$&+-.^_`|~"; // RFC 8187 §3.2.1, beside letters and digits

    public FileName {
        String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder();
        Normalizer.normalize(last, Normalizer.Form.NFC)
                .codePoints()
                .filter(FileName::isVisible)
                .forEach(clean::appendCodePoint);
        String name = clean.toString().strip();
        text = name.replace(".", "").isBlank() ? NAMELESS : shortened(name);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Cut in front of its extension, by which people know what it is. */
    private static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        if (length <= MAX_LENGTH) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int kept = MAX_LENGTH - 1 - extension.codePointCount(0, extension.length());
        return name.substring(0, name.offsetByCodePoints(0, kept)) + "\u2026" + extension;
    }

    /** The header that says what to do with the file, and what to call it when it is saved (RFC 6266). */
    public String disposition(String kind) {
        String plain = text.replaceAll("[^A-Za-z0-9 ._()-]", "_");
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
            encoded.append(letter || ATTR_CHARS.indexOf(c) >= 0 ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return kind + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
