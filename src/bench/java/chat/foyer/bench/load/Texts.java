package chat.foyer.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts that are posted: each carries its sender and the sender's running number, in ASCII that no wire escapes, so
 * that a frame of any wire is read by looking for them. Immutable.
 */
final class Texts {
    private static final byte MARK = '~';
    private static final int SENDER_DIGITS = 5;
    private static final int NUMBER_DIGITS = 8;
    private static final int LENGTH = 1 + SENDER_DIGITS + 1 + NUMBER_DIGITS + 1; // ~00042.00000017~
    private static final String FILLING = " the quick brown fox jumps over the lazy dog";

    private final byte[] filling;

    /** @param chars how long the texts are */
    Texts(int chars) {
        if (chars < LENGTH) {
            throw new IllegalArgumentException("A text needs at least " + LENGTH + " characters");
        }
        filling = FILLING.repeat(chars / FILLING.length() + 1)
                .substring(0, chars - LENGTH)
                .getBytes(StandardCharsets.US_ASCII);
    }

    int length() {
        return LENGTH + filling.length;
    }

    /** Writes the text to these bytes and returns where it ends. */
    int write(byte[] bytes, int at, int sender, int number) {
        bytes[at] = MARK;
        digits(bytes, at + 1, SENDER_DIGITS, sender);
        bytes[at + 1 + SENDER_DIGITS] = '.';
        digits(bytes, at + 2 + SENDER_DIGITS, NUMBER_DIGITS, number);
        bytes[at + LENGTH - 1] = MARK;
        System.arraycopy(filling, 0, bytes, at + LENGTH, filling.length);
        return at + LENGTH + filling.length;
    }

    private static void digits(byte[] bytes, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The texts in a frame, as pairs of sender and number, in their order. */
    static int[] read(byte[] bytes, int from, int to) {
        int[] pairs = new int[16];
        int size = 0;
        for (int i = from; i <= to - LENGTH; i++) {
            if (bytes[i] == MARK && bytes[i + LENGTH - 1] == MARK && bytes[i + 1 + SENDER_DIGITS] == '.') {
                if (size == pairs.length) {
                    pairs = Arrays.copyOf(pairs, size * 2);
                }
                pairs[size++] = number(bytes, i + 1, SENDER_DIGITS);
                pairs[size++] = number(bytes, i + 2 + SENDER_DIGITS, NUMBER_DIGITS);
                i += LENGTH - 1;
            }
        }
        return Arrays.copyOf(pairs, size);
    }

    private static int number(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalStateException("A text that nobody posted: " + Wire.text(bytes, at, at + count));
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
