package chat.foyer.room;

import chat.foyer.digest.Sha256;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a room: any Unicode text of 1 to 100 code points without slashes, backslashes and controls. Immutable.
 *
 * <p>Names are case-sensitive and kept in Unicode normalisation form NFKC (UAX #15), so that one name typed on two
 * systems is one room. Refused are slashes, backslashes, control and format characters (bidirectional overrides among them; joiners
 * between other than ASCII characters and emoji tags are allowed), lone surrogates, outer white space, and the path segments {@code .} and {@code ..}.
 *
 * @param text the name as people see it, normalised
 */
public record RoomName(String text) {
    /** The longest name, in Unicode code points. */
    public static final int MAX_LENGTH = 100;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,95}");
    /** A joiner beside an ASCII character, or at an end, joins nothing and only makes two names look alike. */
    private static final Pattern STRAY_JOINER =
            Pattern.compile("(^|[\\x00-\\x7F])[\\u200C\\u200D]|[\\u200C\\u200D]([\\x00-\\x7F]|$)");

    /** Only conversations of two are called like this, and nobody else's room can be. */
    private static final Pattern DIRECT = Pattern.compile("@[A-Za-z0-9_-]{22}");

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** @throws ChatException ({@link Fault#ROOM_NAME}) with a sentence that says what is wrong with the name */
    public RoomName {
        text.codePoints().forEach(RoomName::check);
        text = Normalizer.normalize(text, Normalizer.Form.NFKC);
        text.codePoints().forEach(RoomName::check); // once more: a compatibility form may contain a slash (U+2100)
        if (text.isBlank()) {
            throw refused(Phrase.of("fault.room-name.empty"));
        }
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw refused(Phrase.of("fault.room-name.long", MAX_LENGTH));
        }
        if (!text.equals(text.strip())) {
            throw refused(Phrase.of("fault.room-name.space"));
        }
        if (STRAY_JOINER.matcher(text).find()) {
            throw refused(Phrase.of("fault.room-name.invisible"));
        }
        if (text.equals(".") || text.equals("..")) {
            throw refused(Phrase.of("fault.room-name.dots"));
        }
    }

    /** The name of the room of these two, whichever comes first: 132 bits of SHA-256 over their ids. */
    public static RoomName ofTwo(String one, String other) {
        String pair = one.compareTo(other) < 0 ? one + '\n' + other : other + '\n' + one;
        byte[] hash = Sha256.of("direct\n" + pair);
        return new RoomName("@"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22));
    }

    /** Whether only a conversation of two is called like this. */
    public boolean isDirect() {
        return DIRECT.matcher(text).matches();
    }

    /**
     * The name in one segment of a request path, percent-encoded in UTF-8 (RFC 3986 §2.1) or not; the only place where
     * room names are decoded, and they are decoded once.
     */
    public static RoomName fromPathSegment(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                // servers hand on raw bytes above 0x7F as Latin-1 characters
                if (c > 0xFF) {
                    throw refused(Phrase.of("fault.room-name.utf-8"));
                }
                bytes.write(c);
                continue;
            }
            if (i + 2 >= segment.length() || !isHex(segment.charAt(i + 1)) || !isHex(segment.charAt(i + 2))) {
                throw refused(Phrase.of("fault.room-name.percent"));
            }
            bytes.write(HexFormat.fromHexDigits(segment, i + 1, i + 3));
            i += 2;
        }
        try {
            return new RoomName(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw refused(Phrase.of("fault.room-name.utf-8"));
        }
    }

    /** The name as a segment of a path, percent-encoded in UTF-8. */
    public String pathSegment() {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isHex(char c) {
        return HexFormat.isHexDigit(c);
    }

    private static void check(int codePoint) {
        if (codePoint == '/' || codePoint == '\\') { // Payara answers 400 to an encoded backslash whatever we do
            throw refused(Phrase.of("fault.room-name.slash"));
        }
        switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                throw refused(Phrase.of("fault.room-name.control"));
            case Character.FORMAT -> {
                boolean emojiTag = codePoint >= 0xE0020 && codePoint <= 0xE007F;
                boolean joiner = codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
                if (!emojiTag && !joiner) {
                    throw refused(Phrase.of("fault.room-name.invisible"));
                }
            }
            default -> {
                // every other character may be part of a name
            }
        }
    }

    private static ChatException refused(Phrase reason) {
        return new ChatException(Fault.ROOM_NAME, reason);
    }

    /**
     * The name of this room's group in the channel layer.
     *
     * <p>Plain names give {@code chat_<name>}, as in the Django tutorial; any other gives {@code chat-<hash>}. The two
     * forms differ in their fifth character, and the hash is SHA-256, so no two rooms share a group.
     */
    public String group() {
        if (PLAIN.matcher(text).matches()) {
            return "chat_" + text;
        }
        return "chat-" + HexFormat.of().formatHex(Sha256.of(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
