package chat.foyer.bench.load;

import java.util.Arrays;

/**
 * A room of the load, and the frames that it was shown lately. One thread.
 *
 * <p>All members get the same bytes, mostly: a frame that equals one of the last need not be read again. What it
 * contained is still counted for each member.
 */
final class Room {
    private static final int RECENT = 128;
    private static final int[] NO_TEXTS = {};

    /**
     * A frame that was read.
     *
     * @param place how many were read before it in this room
     * @param texts pairs of sender and number
     */
    record Frame(long place, byte[] bytes, int[] texts) {}

    private final String name;
    private final int firstSender;
    private final int senders;
    private final Frame[] recent = new Frame[RECENT];
    private long next;

    Room(String name, int firstSender, int senders) {
        this.name = name;
        this.firstSender = firstSender;
        this.senders = senders;
    }

    String name() {
        return name;
    }

    int firstSender() {
        return firstSender;
    }

    int senders() {
        return senders;
    }

    /** @param expected where this frame probably stands: after the one that the member had before */
    Frame read(byte[] bytes, int from, int to, long expected) {
        Frame likely = recent[(int) (expected % RECENT)];
        if (likely != null && equal(likely, bytes, from, to)) {
            return likely;
        }
        for (long place = next - 1; place >= Math.max(0, next - RECENT); place--) {
            Frame frame = recent[(int) (place % RECENT)];
            if (equal(frame, bytes, from, to)) {
                return frame;
            }
        }
        int[] texts = Texts.read(bytes, from, to);
        if (texts.length == 0) {
            return new Frame(expected, new byte[0], NO_TEXTS);
        }
        Frame frame = new Frame(next, Arrays.copyOfRange(bytes, from, to), texts);
        recent[(int) (next++ % RECENT)] = frame;
        return frame;
    }

    private static boolean equal(Frame frame, byte[] bytes, int from, int to) {
        byte[] known = frame.bytes();
        return known.length == to - from && Arrays.equals(known, 0, known.length, bytes, from, to);
    }
}
