package chat.foyer.message;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The SQL of who is mentioned where. Not thread-safe; for one batch of a commit lane, in its transaction and under the locks
 * of its rooms.
 *
 * <p>Invariant: a message as it is now has a row for everybody whom it mentions and who could read it when it was written,
 * and no others; one row stands for a thousand people, when it mentions {@linkplain Mention#EVERYBODY everybody}. Without an
 * {@code @} nothing is asked and nothing written.
 */
final class MentionStore {
    /** In rooms of so many anybody may mention all. */
    private static final int SMALL_ROOM = 20;

    /**
     * A message that the batch writes.
     *
     * @param open whether everybody may read the room
     * @param before how it was; empty when it is new
     * @param prose where in it handles mention
     */
    record Written(long room, boolean open, Optional<Message> before, Message after, List<String> prose) {
        boolean concernsMentions() {
            return after.note().isEmpty()
                    && (Mentions.possibleIn(after.body())
                            || before.filter(message -> Mentions.possibleIn(message.body()))
                                    .isPresent());
        }
    }

    private record Place(long room, long seq) {}

    private record Seat(long room, String person) {}

    private final Handle handle;
    private final Map<Seat, Boolean> mayMentionAll = new HashMap<>();

    MentionStore(Handle handle) {
        this.handle = handle;
    }

    /** Writes down whom these messages mention; returns it for those that mention somebody, by their ids. */
    Map<UUID, Set<Mention>> write(List<Written> all) {
        Map<Place, Written> last = new LinkedHashMap<>();
        for (Written written : all) {
            if (written.concernsMentions()) {
                last.put(new Place(written.room(), written.after().seq()), written);
            }
        }
        if (last.isEmpty()) {
            return Map.of();
        }
        forget(last);
        return insert(last);
    }

    private void forget(Map<Place, Written> written) {
        PreparedBatch deletes = handle.prepareBatch("DELETE FROM mention WHERE room_id = :room AND seq = :seq");
        written.forEach((place, message) -> {
            if (message.before().isPresent()) {
                deletes.bind("room", place.room()).bind("seq", place.seq()).add();
            }
        });
        if (deletes.size() > 0) {
            deletes.execute();
        }
    }

    private Map<UUID, Set<Mention>> insert(Map<Place, Written> written) {
        Map<Place, List<Mentions.Candidate>> candidates = new LinkedHashMap<>();
        written.forEach((place, message) -> candidates.put(place, Mentions.in(message.prose())));
        Map<String, String> people = peopleCalled(candidates.values().stream()
                .flatMap(List::stream)
                .flatMap(candidate -> candidate.readings().stream())
                .distinct()
                .toArray());
        Set<Seat> members = membersAmong(written, people);
        PreparedBatch inserts =
                handle.prepareBatch("INSERT INTO mention (person_id, room_id, seq) VALUES (:person, :room, :seq)");
        Map<UUID, Set<Mention>> mentions = new HashMap<>();
        candidates.forEach((place, found) -> {
            Written message = written.get(place);
            Set<Mention> mentioned = mentioned(message, found, people, members);
            for (Mention mention : mentioned) {
                inserts.bind("person", mention.person())
                        .bind("room", place.room())
                        .bind("seq", place.seq())
                        .add();
            }
            if (!mentioned.isEmpty()) {
                mentions.put(message.after().id(), mentioned);
            }
        });
        if (inserts.size() > 0) {
            inserts.execute();
        }
        return mentions;
    }

    private Map<String, String> peopleCalled(Object[] handles) {
        Map<String, String> people = new HashMap<>();
        if (handles.length > 0) {
            handle.createQuery("SELECT id, handle FROM person WHERE handle = ANY(:handles) AND disabled_at IS NULL")
                    .bindArray("handles", String.class, handles)
                    .map((row, context) -> people.put(row.getString("handle"), row.getString("id")))
                    .list();
        }
        return people;
    }

    private Set<Seat> membersAmong(Map<Place, Written> written, Map<String, String> people) {
        Object[] rooms = written.values().stream()
                .filter(message -> !message.open())
                .map(Written::room)
                .distinct()
                .toArray();
        if (rooms.length == 0 || people.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(handle.createQuery("""
                        SELECT room_id, person_id FROM room_member WHERE room_id = ANY(:rooms) AND person_id = ANY(:people)
                        """)
                .bindArray("rooms", Long.class, rooms)
                .bindArray("people", String.class, people.values().toArray())
                .map((row, context) -> new Seat(row.getLong("room_id"), row.getString("person_id")))
                .list());
    }

    private Set<Mention> mentioned(
            Written message, List<Mentions.Candidate> found, Map<String, String> people, Set<Seat> members) {
        Set<Mention> mentioned = new LinkedHashSet<>();
        String author = message.after().author().id();
        for (Mentions.Candidate candidate : found) {
            Optional<String> handle = candidate.readings().stream()
                    .filter(reading -> people.containsKey(reading) || reading.equals(Mentions.ROOM))
                    .findFirst();
            if (handle.filter(Mentions.ROOM::equals).isPresent()) {
                if (mayMentionAll.computeIfAbsent(new Seat(message.room(), author), this::mayMentionAll)) {
                    mentioned.add(Mention.EVERYBODY);
                }
            } else {
                handle.map(name -> new Mention(people.get(name), name))
                        .filter(mention -> !mention.person().equals(author))
                        .filter(mention ->
                                message.open() || members.contains(new Seat(message.room(), mention.person())))
                        .ifPresent(mentioned::add);
            }
        }
        return mentioned;
    }

    private boolean mayMentionAll(Seat author) {
        return mayMentionAll(handle, author.room(), author.person());
    }

    /** Whether {@code @room} of this person in this room mentions everybody. */
    static boolean mayMentionAll(Handle handle, long room, String person) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM room_member
                                WHERE room_id = :room AND person_id = :person AND role <> 'MEMBER')
                            OR EXISTS (SELECT 1 FROM person WHERE id = :person AND role = 'ADMINISTRATOR')
                            OR (SELECT COUNT(*) FROM (SELECT 1 FROM reading WHERE room_id = :room LIMIT :more) few) < :more
                        """)
                .bind("room", room)
                .bind("person", person)
                .bind("more", SMALL_ROOM + 1)
                .mapTo(Boolean.class)
                .one();
    }
}
