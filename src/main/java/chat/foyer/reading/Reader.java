package chat.foyer.reading;

import chat.foyer.group.PersonStream;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A person with streams on this node. Not thread-safe; belongs to the pass of {@link Sidebars}.
 *
 * <p>Invariant: every stream in {@link #streams} was told {@link #rooms} as they are here, as far as they are {@linkplain
 * MyRoom#listed listed}; those in {@link #arriving} were told nothing yet.
 */
final class Reader {
    private final String id;
    private final Set<PersonStream> arriving = new HashSet<>();
    private final Set<PersonStream> streams = new HashSet<>();
    private Map<RoomName, MyRoom> rooms = new LinkedHashMap<>();

    Reader(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    void arrives(PersonStream stream) {
        arriving.add(stream);
    }

    /** Those who wait for the list. */
    Set<PersonStream> arriving() {
        return arriving;
    }

    /** Forgets the streams that are no more; whether none is left. */
    boolean leftBy(Predicate<PersonStream> gone) {
        arriving.removeIf(gone);
        streams.removeIf(gone);
        return arriving.isEmpty() && streams.isEmpty();
    }

    Collection<RoomName> rooms() {
        return List.copyOf(rooms.keySet());
    }

    /** The rooms that are conversations with one of these people. */
    List<MyRoom> with(Set<String> others) {
        return rooms.values().stream()
                .filter(room ->
                        room.with().map(User::id).filter(others::contains).isPresent())
                .toList();
    }

    boolean has(RoomName room) {
        return rooms.containsKey(room);
    }

    /** All rooms were read: who was told before hears what is different, who is new gets the list. */
    void read(List<MyRoom> all) {
        Map<RoomName, MyRoom> before = rooms;
        rooms = new LinkedHashMap<>();
        all.forEach(room -> rooms.put(room.name(), room));
        List<ServerFrame> news = new ArrayList<>();
        before.values().stream()
                .filter(MyRoom::listed)
                .map(MyRoom::name)
                .filter(name -> !isListed(name))
                .forEach(name -> news.add(new ServerFrame.RoomUnlisted(name.text())));
        rooms.values().forEach(room -> compare(before.get(room.name()), room, news));
        tell(news);
        List<ServerFrame.RoomListed> listed =
                all.stream().filter(MyRoom::listed).map(MyRoom::asListed).toList();
        arriving.forEach(stream -> stream.welcome(new ServerFrame.RoomsListed(stream.user(), listed)));
        streams.addAll(arriving);
        arriving.clear();
    }

    private boolean isListed(RoomName name) {
        MyRoom room = rooms.get(name);
        return room != null && room.listed();
    }

    private static void compare(MyRoom before, MyRoom now, List<ServerFrame> news) {
        if (!now.listed()) {
            return;
        }
        if (before == null || !before.listed() || !before.isSameRoomAs(now)) {
            news.add(now.asListed());
        } else if (!before.count().looksLike(now.count())) {
            news.add(now.asCounted());
        }
    }

    /** This room was read again; whether that was news. */
    boolean read(MyRoom now) {
        MyRoom before = rooms.put(now.name(), now);
        List<ServerFrame> news = new ArrayList<>();
        compare(before, now, news);
        tell(news);
        return !news.isEmpty();
    }

    /** More may have been said in this room; whether it was. */
    boolean grown(RoomName room, long head, long posts) {
        MyRoom before = rooms.get(room);
        return before != null && read(before.counted(before.count().grown(head, posts)));
    }

    private void tell(List<ServerFrame> news) {
        if (!news.isEmpty()) {
            streams.forEach(stream -> stream.tell(news));
        }
    }
}
