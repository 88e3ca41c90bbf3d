package chat.foyer.group;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text messages that leave together, encoded once and shared by all who get them. Immutable, thread-safe. */
final class Frames {
    private static final int FIN_TEXT = 0x81;
    private static final int MAX_SHORT = 125;
    private static final int MAX_MEDIUM = 0xFFFF;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;

    private final List<String> texts;
    private final int chars;
    private volatile byte[] bytes; // made when a server is given bytes; the same whoever makes them

    Frames(List<String> texts) {
        this.texts = List.copyOf(texts);
        this.chars = texts.stream().mapToInt(String::length).sum();
    }

    static Frames of(String text) {
        return new Frames(List.of(text));
    }

    int size() {
        return texts.size();
    }

    String text(int index) {
        return texts.get(index);
    }

    int chars() {
        return chars;
    }

    /** Of the texts from one index up to, not including, another. */
    int chars(int from, int to) {
        if (from == 0 && to == texts.size()) {
            return chars;
        }
        int sum = 0;
        for (String text : texts.subList(from, to)) {
            sum += text.length();
        }
        return sum;
    }

    /** As a server sends them, one unmasked frame a text, one after the other (RFC 6455 §5.2). */
    byte[] bytes() {
        byte[] made = bytes;
        if (made == null) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(chars + chars / 8 + 10 * texts.size());
            texts.forEach(text -> write(out, text.getBytes(StandardCharsets.UTF_8)));
            made = out.toByteArray();
            bytes = made;
        }
        return made;
    }

    private static void write(ByteArrayOutputStream out, byte[] payload) {
        int length = payload.length;
        out.write(FIN_TEXT);
        if (length <= MAX_SHORT) {
            out.write(length);
        } else if (length <= MAX_MEDIUM) {
            out.write(MEDIUM);
            writeNumber(out, length, Short.BYTES);
        } else {
            out.write(LONG);
            writeNumber(out, length, Long.BYTES);
        }
        out.write(payload, 0, length);
    }

    private static void writeNumber(ByteArrayOutputStream out, long number, int size) {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }
}
