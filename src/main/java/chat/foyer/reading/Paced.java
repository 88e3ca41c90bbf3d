package chat.foyer.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What is to be done for each key, several requests merged into one. Thread-safe.
 *
 * <p>Invariant, under the lock: a key is taken at once when it was not taken during the last interval, and otherwise when
 * that has passed; so whatever is asked for is done, each key at most once in an interval, and the first time without delay.
 */
final class Paced<K, V> {
    private final long intervalNanos;
    private final BinaryOperator<V> merge;
    private final Map<K, V> pending = new LinkedHashMap<>();
    private final Map<K, Long> taken = new HashMap<>(); // when, less than an interval ago

    Paced(long intervalNanos, BinaryOperator<V> merge) {
        this.intervalNanos = intervalNanos;
        this.merge = merge;
    }

    synchronized void add(K key, V value) {
        pending.merge(key, value, merge);
    }

    synchronized void addAll(Map<K, V> values) {
        values.forEach((key, value) -> pending.merge(key, value, merge));
    }

    synchronized void addAll(Collection<K> keys, V value) {
        keys.forEach(key -> pending.merge(key, value, merge));
    }

    /** What was taken could not be done: it comes before what was asked for since. */
    synchronized void putBack(Map<K, V> values) {
        values.forEach((key, value) -> pending.merge(key, value, (since, before) -> merge.apply(before, since)));
    }

    synchronized Map<K, V> takeDue(long nowNanos) {
        taken.values().removeIf(at -> nowNanos - at >= intervalNanos);
        Map<K, V> due = new LinkedHashMap<>(pending);
        due.keySet().removeAll(taken.keySet());
        pending.keySet().removeAll(due.keySet());
        due.keySet().forEach(key -> taken.put(key, nowNanos));
        return due;
    }

    /** Those for which nothing is asked, and nothing was taken during the last interval. */
    synchronized Set<K> idle(Collection<K> keys, long nowNanos) {
        Set<K> idle = new HashSet<>(keys);
        idle.removeAll(pending.keySet());
        idle.removeIf(key -> taken.containsKey(key) && nowNanos - taken.get(key) < intervalNanos);
        return idle;
    }

    /** What is to be done for this key was done without being asked for. */
    synchronized void done(K key, long nowNanos) {
        taken.put(key, nowNanos);
    }

    synchronized Map<K, V> takeAll() {
        Map<K, V> all = new LinkedHashMap<>(pending);
        pending.clear();
        return all;
    }

    synchronized boolean contains(K key) {
        return pending.containsKey(key);
    }

    synchronized int size() {
        return pending.size();
    }
}
