package chat.foyer.channel.database;

import chat.foyer.channel.EventText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * What is done to a layer in one transaction: collected in order, and then done with few statements. For the thread that writes.
 *
 * <p>Invariant: the letters are in the order in which they were sent, and the members of a group are those at its place in that
 * order, so a batch does what its parts would have done one by one.
 */
final class Batch {
    private final ChannelStore store;
    private final Handle handle;
    private final Places places;
    private final EventText words;
    private final ToIntFunction<String> capacity;
    private final List<Sending> sendings = new ArrayList<>();
    private final Map<Sending, GroupEvent> unaddressed = new LinkedHashMap<>();
    private final List<String> messages = new ArrayList<>();

    private record GroupEvent(String group, String text) {}

    /** @param capacity how many unread events a channel keeps */
    Batch(ChannelStore store, Handle handle, Places places, EventText words, ToIntFunction<String> capacity) {
        this.store = store;
        this.handle = handle;
        this.places = places;
        this.words = words;
        this.capacity = capacity;
    }

    /** To the mailbox of a channel. */
    Sending send(String channel, String text) {
        Sending sending = new Sending();
        sendings.add(sending);
        sending.add(letter(channel, text));
        return sending;
    }

    /** To all nodes, and to the mailboxes of the members that are no channels of one process. */
    Sending sendToGroup(String group, String text) {
        Sending sending = new Sending();
        sendings.add(sending);
        unaddressed.put(sending, new GroupEvent(group, text));
        messages.add(Message.event(messages.size(), group, words.write(places.group(group), text)));
        return sending;
    }

    private Letter letter(String channel, String text) {
        return new Letter(channel, words.write(places.mailbox(channel), text), capacity.applyAsInt(channel));
    }

    void join(String group, String channel) {
        address();
        store.join(handle, group, channel);
    }

    void leave(String group, String channel) {
        address();
        store.leave(handle, group, channel);
    }

    /** To all nodes, also to those that are just connecting again. */
    void order(String text) {
        messages.add(Message.order(messages.size(), words.write(places.control(), text)));
    }

    /** Empties the layer of what is in it by now. */
    void forgetAll() {
        address();
        sendings.stream().flatMap(sending -> sending.letters().stream()).forEach(letter -> letter.takeInto(0));
        sendings.clear();
        store.forgetAll(handle);
    }

    private void address() {
        if (unaddressed.isEmpty()) {
            return;
        }
        Set<String> groups = new HashSet<>();
        unaddressed.values().forEach(event -> groups.add(event.group()));
        Map<String, List<String>> members = store.members(handle, groups);
        unaddressed.forEach((sending, event) -> members.getOrDefault(event.group(), List.of())
                .forEach(member -> sending.add(letter(member, event.text()))));
        unaddressed.clear();
    }

    /** Does what was collected; to be called once, last. */
    void finish() {
        address();
        List<Letter> letters =
                sendings.stream().flatMap(sending -> sending.letters().stream()).toList();
        List<Letter> taken = new ArrayList<>();
        Set<String> mailboxes = new LinkedHashSet<>();
        if (!letters.isEmpty()) {
            Map<String, Integer> unread = new HashMap<>(store.unread(
                    handle, letters.stream().map(Letter::mailbox).distinct().toList()));
            for (Letter letter : letters) {
                if (letter.takeInto(unread.getOrDefault(letter.mailbox(), 0))) {
                    unread.merge(letter.mailbox(), 1, Integer::sum);
                    taken.add(letter);
                    mailboxes.add(letter.mailbox());
                }
            }
        }
        if (!taken.isEmpty()) {
            store.put(handle, taken);
        }
        store.tell(handle, messages, mailboxes);
    }
}
