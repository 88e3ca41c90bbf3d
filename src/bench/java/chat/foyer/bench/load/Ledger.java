package chat.foyer.bench.load;

import java.util.HashSet;
import java.util.Set;

/**
 * What one connection was shown of its room, or one channel was sent: each sender's numbers must come once and in their
 * order, beginning with 1. One thread.
 */
public final class Ledger {
    private final int firstSender;
    private final int[] last;
    private final Set<Long> passedOver = new HashSet<>(); // numbers that did not come in their turn, by sender
    private long duplicates;
    private long outOfOrder;
    private long foreign;

    /** @param firstSender the senders of a room follow each other */
    public Ledger(int firstSender, int senders) {
        this.firstSender = firstSender;
        this.last = new int[senders];
    }

    public void saw(int sender, int number) {
        int index = sender - firstSender;
        if (index < 0 || index >= last.length) {
            foreign++;
            return;
        }
        int before = last[index];
        if (number == before + 1) {
            last[index] = number;
        } else if (number > before) {
            for (int lost = before + 1; lost < number; lost++) {
                passedOver.add(key(index, lost));
            }
            last[index] = number;
        } else if (passedOver.remove(key(index, number))) {
            outOfOrder++;
        } else {
            duplicates++;
        }
    }

    private static long key(int index, int number) {
        return (long) index << 32 | number;
    }

    /** How many have not come, of what each sender has posted by now. */
    public long missing(int[] posted) {
        long missing = passedOver.size();
        for (int i = 0; i < last.length; i++) {
            missing += Math.max(0, posted[firstSender + i] - last[i]);
        }
        return missing;
    }

    public long duplicates() {
        return duplicates;
    }

    public long outOfOrder() {
        return outOfOrder;
    }

    /** Messages of another room. */
    long foreign() {
        return foreign;
    }
}
