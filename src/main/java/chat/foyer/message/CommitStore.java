package chat.foyer.message;

import chat.foyer.config.Configuration;
import chat.foyer.config.Limit;
import chat.foyer.config.Settings;
import chat.foyer.database.Database;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.room.AlterationStore;
import chat.foyer.room.Member;
import chat.foyer.room.Note;
import chat.foyer.room.Right;
import chat.foyer.room.Room;
import chat.foyer.room.RoomChange;
import chat.foyer.room.RoomName;
import chat.foyer.user.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The SQL by which a commit lane does a batch of changes. Thread-safe; each batch is one transaction.
 *
 * <p>Invariant: the rows of the rooms are locked first, in the order of their ids so that nodes cannot deadlock. Refs are
 * looked up, doors checked and numbers taken under that lock. So the numbers of a room appear in their order and without
 * holes, whoever reads up to a number has read all before it, and who was removed by one of them has said nothing later.
 */
final class CommitStore {
    private static final Duration GUEST_ROOMS_COUNTED = Duration.ofHours(1);

    private final Database database;
    private final boolean onDemand;
    private final Limit guestRooms;

    CommitStore(Database database, Configuration configuration) {
        this.database = database;
        this.onDemand = configuration.get(Settings.ROOMS_ON_DEMAND);
        this.guestRooms = configuration.get(Settings.GUEST_ROOM_LIMIT);
    }

    /** Does these changes in one transaction, in this order, each at most once; returns what became of each. */
    public List<Outcome> commit(List<Change> changes) {
        return database.jdbi().inTransaction(handle -> {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            return new Batch(handle, changes, now).commit();
        });
    }

    /** What an author's ref stands for already. */
    private record Known(UUID fingerprint, Message message) {}

    /** A change that is to be written, with what it makes of its message. */
    private record Done(
            Change change, UUID fingerprint, Optional<Message> before, Message message, long room, long ordinal) {}

    private record Ref(String authorId, String ref) {
        static Ref of(Change change) {
            return new Ref(change.author().id(), change.ref());
        }
    }

    /** Somebody's place in a room. */
    private record Seat(long room, String person) {}

    /** A room while its row is locked. */
    private static final class LockedRoom {
        final long id;
        final long headWhenLocked;
        long head;
        long posts; // how many messages were said there
        Room room;
        Change founder; // for whom the row was made in this transaction; null for a room that was there

        LockedRoom(long id, long head, long posts, Room room) {
            this.id = id;
            this.head = head;
            this.posts = posts;
            this.headWhenLocked = head;
            this.room = room;
        }

        boolean open() {
            return room.kind() == Room.Kind.OPEN;
        }
    }

    /** One batch in its transaction. */
    private final class Batch {
        private final Handle handle;
        private final List<Change> changes;
        private final Instant now;

        /** By every name that was asked for; a former name stands for the same object as the one of today. */
        private final Map<RoomName, LockedRoom> rooms = new HashMap<>();

        private final Map<Seat, Optional<Member.Role>> roles = new HashMap<>();
        private final Map<String, Long> guestRoomsLately = new HashMap<>();
        private final List<Done> done = new ArrayList<>();
        private Map<Ref, Known> known = Map.of();
        private Map<UUID, Message> targets = Map.of();
        private final AttachmentStore attachments;

        Batch(Handle handle, List<Change> changes, Instant now) {
            this.handle = handle;
            this.changes = changes;
            this.now = now;
            this.attachments = new AttachmentStore(handle, now);
        }

        List<Outcome> commit() {
            lockRooms();
            known = known(handle, changes);
            targets = targets(handle, changes);
            attachments.lock(changes);
            readRoles();
            List<Outcome> outcomes = new ArrayList<>(changes.size());
            for (Change change : changes) {
                Outcome outcome = decided(change);
                outcomes.add(outcome);
                if (outcome.message().isPresent() && !outcome.known()) {
                    Message message = outcome.message().orElseThrow();
                    UUID fingerprint = change.fingerprint();
                    LockedRoom room = rooms.get(change.room());
                    Optional<Message> before = Optional.ofNullable(targets.get(message.id()));
                    done.add(new Done(change, fingerprint, before, message, room.id, room.posts));
                    known.put(Ref.of(change), new Known(fingerprint, message));
                    targets.computeIfPresent(message.id(), (id, replaced) -> message);
                }
            }
            Map<UUID, Set<Mention>> mentions = write();
            return mentions.isEmpty()
                    ? outcomes
                    : outcomes.stream()
                            .map(outcome -> outcome.mentioning(mentions))
                            .toList();
        }

        private void lockRooms() {
            TreeSet<String> names = new TreeSet<>();
            changes.forEach(change -> names.add(change.room().text()));
            lock("name = ANY(:keys)", String.class, names);
            if (rooms.size() < names.size()) {
                lockByFormerNames(missing(names));
                makeRooms(missing(names));
            }
        }

        private Set<String> missing(Set<String> names) {
            Set<String> missing = new TreeSet<>(names);
            rooms.keySet().forEach(name -> missing.remove(name.text()));
            return missing;
        }

        private List<LockedRoom> lock(String which, Class<?> type, Collection<?> keys) {
            return handle.createQuery("SELECT id, name, last_seq, posts, kind, topic, archived_at FROM room WHERE "
                            + which + " ORDER BY id FOR UPDATE")
                    .bindArray("keys", type, keys.toArray())
                    .map((row, context) -> lockedRoom(row))
                    .list();
        }

        private LockedRoom lockedRoom(ResultSet row) throws SQLException {
            RoomName name = new RoomName(row.getString("name"));
            Room room = new Room(
                    name,
                    Room.Kind.valueOf(row.getString("kind")),
                    row.getString("topic"),
                    row.getObject("archived_at") != null);
            long id = row.getLong("id");
            long head = row.getLong("last_seq");
            long posts = row.getLong("posts");
            return rooms.computeIfAbsent(name, asked -> new LockedRoom(id, head, posts, room));
        }

        /** Who has not heard yet that a room was renamed still means that room. */
        private void lockByFormerNames(Set<String> names) {
            Map<String, Long> former = formerNames(names);
            if (!former.isEmpty()) {
                Map<Long, LockedRoom> byId = new HashMap<>();
                lock("id = ANY(:keys)", Long.class, Set.copyOf(former.values()))
                        .forEach(room -> byId.put(room.id, room));
                former.forEach((name, id) -> rooms.put(new RoomName(name), byId.get(id)));
            }
        }

        private Map<String, Long> formerNames(Set<String> names) {
            Map<String, Long> former = new HashMap<>();
            handle.createQuery("SELECT name, room_id FROM former_name WHERE name = ANY(:names)")
                    .bindArray("names", String.class, names.toArray())
                    .map((row, context) -> former.put(row.getString("name"), row.getLong("room_id")))
                    .list();
            return former;
        }

        /** Makes the rooms that the first changes for them may make; in the order of their names, as all nodes do. */
        private void makeRooms(Set<String> names) {
            Map<String, Change> founders = new TreeMap<>();
            for (Change change : changes) {
                String name = change.room().text();
                if (names.contains(name)
                        && !founders.containsKey(name)
                        && hindrance(change).isEmpty()) {
                    founders.put(name, change);
                    fromOf(change).ifPresent(from -> guestRoomsLately.merge(from, 1L, Long::sum));
                }
            }
            if (founders.isEmpty()) {
                return;
            }
            List<Change> begun = new ArrayList<>();
            founders.forEach((name, founder) -> {
                if (insertRoom(name, founder)) {
                    begun.add(founder);
                }
            });
            lock("name = ANY(:keys)", String.class, founders.keySet());
            if (!missing(founders.keySet()).isEmpty()
                    || !formerNames(founders.keySet()).isEmpty()) {
                throw AlterationStore.renamedMeanwhile();
            }
            begun.forEach(founder -> rooms.get(founder.room()).founder = founder);
        }

        /** Whether it was not there; of a batch of inserts PostgreSQL's driver, which makes one of them, does not tell. */
        private boolean insertRoom(String name, Change founder) {
            return handle.createUpdate("""
                            INSERT INTO room (name, kind, created_at, created_by, created_from)
                            VALUES (:name, :kind, :at, :by, :from) ON CONFLICT DO NOTHING
                            """)
                            .bind("name", name)
                            .bind("kind", kindOf(founder).name())
                            .bind("at", now.atOffset(ZoneOffset.UTC))
                            .bind("by", founder.author().id())
                            .bind("from", fromOf(founder))
                            .execute()
                    == 1;
        }

        private Room.Kind kindOf(Change founder) {
            boolean asWished = founder instanceof Change.Alter alter && alter.what() instanceof RoomChange.Create;
            return asWished ? ((RoomChange.Create) ((Change.Alter) founder).what()).kind() : Room.Kind.OPEN;
        }

        private Optional<String> fromOf(Change change) {
            return change instanceof Change.Post post ? post.from() : Optional.empty();
        }

        /** Why this change cannot make the room that it is for. */
        private Optional<ChatException> hindrance(Change change) {
            if (change.room().isDirect()) { // whatever the way that such a name came: those are made by two people only
                return Optional.of(new ChatException(Fault.ROOM_NAME));
            }
            if (change instanceof Change.Alter alter) {
                boolean creates = alter.what() instanceof RoomChange.Create create && create.kind() != Room.Kind.DIRECT;
                Fault fault = creates ? Fault.GUESTS_REFUSED : Fault.ROOM_NAME;
                return creates && !change.author().guest() ? Optional.empty() : Optional.of(new ChatException(fault));
            }
            if (CommitStore.target(change).isPresent()) {
                return Optional.of(new ChatException(Fault.NO_MESSAGE));
            }
            if (!onDemand) {
                return Optional.of(new ChatException(Fault.ROOM_NAME));
            }
            return fromOf(change)
                    .filter(from -> guestRooms.exceededBy(guestRoomsLately.computeIfAbsent(from, this::roomsOf) + 1))
                    .map(from -> new ChatException(Fault.ROOMS));
        }

        /** Two nodes may count at the same moment and admit one room too many each; nobody is hurt by that. */
        private long roomsOf(String from) {
            return handle.createQuery("SELECT count(*) FROM room WHERE created_from = :from AND created_at > :since")
                    .bind("from", from)
                    .bind("since", now.minus(GUEST_ROOMS_COUNTED).atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one();
        }

        /** One query, and none when everything happens in open rooms and to people's own messages. */
        private void readRoles() {
            Set<Seat> asked = new HashSet<>();
            for (Change change : changes) {
                LockedRoom room = rooms.get(change.room());
                if (room != null && (!room.open() || change instanceof Change.Alter || isAboutAnothers(change))) {
                    asked.add(new Seat(room.id, change.author().id()));
                }
            }
            if (asked.isEmpty()) {
                return;
            }
            asked.forEach(seat -> roles.put(seat, Optional.empty()));
            handle.createQuery("""
                            SELECT room_id, person_id, role FROM room_member
                            WHERE room_id = ANY(:rooms) AND person_id = ANY(:people)
                            """)
                    .bindArray(
                            "rooms",
                            Long.class,
                            asked.stream().map(Seat::room).distinct().toArray())
                    .bindArray(
                            "people",
                            String.class,
                            asked.stream().map(Seat::person).distinct().toArray())
                    .map((row, context) -> roles.put(
                            new Seat(row.getLong("room_id"), row.getString("person_id")),
                            Optional.of(Member.Role.valueOf(row.getString("role")))))
                    .list();
        }

        private boolean isAboutAnothers(Change change) {
            return target(change)
                    .map(targets::get)
                    .filter(message ->
                            !message.author().id().equals(change.author().id()))
                    .isPresent();
        }

        /** What an alteration in this batch has changed is read anew. */
        private Optional<Member.Role> role(LockedRoom room, User person) {
            return roles.computeIfAbsent(
                    new Seat(room.id, person.id()),
                    seat -> handle.createQuery(
                                    "SELECT role FROM room_member WHERE room_id = :room AND person_id = :person")
                            .bind("room", seat.room())
                            .bind("person", seat.person())
                            .mapTo(Member.Role.class)
                            .findOne());
        }

        private Outcome decided(Change change) {
            LockedRoom room = rooms.get(change.room());
            if (room == null) {
                return Outcome.refused(hindrance(change).orElseGet(() -> new ChatException(Fault.ROOM_NAME)));
            }
            Outcome outcome;
            try {
                outcome = decide(change, room);
            } catch (ChatException refusal) {
                outcome = Outcome.refused(refusal);
            }
            return room.open() ? outcome : outcome.behindDoors();
        }

        private Outcome decide(Change change, LockedRoom room) {
            if (change instanceof Change.Alter alter) {
                Optional<Outcome> before = before(change, room);
                return before.isPresent() ? before.get() : alter(alter, room);
            }
            boolean deletes = change instanceof Change.Delete;
            boolean overseer = deletes && ((Change.Delete) change).overseer();
            // in an open room a role matters to those only who delete what others said
            boolean asked = !room.open() || isAboutAnothers(change);
            Set<Right> rights = Right.of(
                    room.room, change.author(), overseer, asked ? role(room, change.author()) : Optional.empty());
            if (change.imported() ? !room.open() : !rights.contains(Right.READ)) {
                throw new ChatException(Fault.ROOM_NAME);
            }
            Optional<Outcome> before = before(change, room);
            if (before.isPresent()) {
                return before.get();
            }
            if (room.room.archived()) {
                throw new ChatException(Fault.ARCHIVED);
            }
            if (!rights.contains(deletes && isAboutAnothers(change) ? Right.READ : Right.POST)) {
                throw new ChatException(Fault.FORBIDDEN);
            }
            if (change instanceof Change.Post post) {
                List<Attachment> files = attachments.take(post.draft(), post.author(), name -> isCalled(name, room));
                UUID id = Uuid7.next(now.toEpochMilli());
                return Outcome.done(newMessage(change, room, post.draft(), id, now, files));
            }
            if (change instanceof Change.Import original) {
                return Outcome.done(
                        newMessage(change, room, original.draft(), original.id(), original.at(), List.of()));
            }
            return amend(change, room, rights.contains(Right.MODERATE));
        }

        private Optional<Outcome> before(Change change, LockedRoom room) {
            Known before = known.get(Ref.of(change));
            if (before == null) {
                return Optional.empty();
            }
            boolean same = before.fingerprint().equals(change.fingerprint())
                    || before.message().room().equals(room.room.name()) && saidUnderAnotherName(change, room, before);
            return Optional.of(same ? Outcome.known(before.message()) : Outcome.refused(new ChatException(Fault.REF)));
        }

        /** The room was renamed since; perhaps between two tries of this very change. */
        private boolean saidUnderAnotherName(Change change, LockedRoom room, Known before) {
            return Stream.concat(Stream.of(room.room.name()), formerNames(room))
                    .anyMatch(name -> change.fingerprint(name).equals(before.fingerprint()));
        }

        private boolean isCalled(RoomName name, LockedRoom room) {
            return name.equals(room.room.name()) || formerNames(room).anyMatch(name::equals);
        }

        private Stream<RoomName> formerNames(LockedRoom room) {
            return handle
                    .createQuery("SELECT name FROM former_name WHERE room_id = :room")
                    .bind("room", room.id)
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .map(RoomName::new);
        }

        private Message newMessage(
                Change change, LockedRoom room, Draft draft, UUID id, Instant at, List<Attachment> files) {
            long number = ++room.head;
            room.posts++;
            return new Message(
                    id,
                    room.room.name(),
                    number,
                    number,
                    change.author(),
                    draft.ref(),
                    draft.body(),
                    at,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Set.of(),
                    files);
        }

        private Outcome alter(Change.Alter change, LockedRoom room) {
            AlterationStore.Altered altered = new AlterationStore(
                            handle,
                            room.id,
                            room.room,
                            room.founder == change,
                            change.author(),
                            change.overseer(),
                            role(room, change.author()),
                            now)
                    .apply(change.what());
            if (altered.note().isEmpty()) {
                return Outcome.unchanged();
            }
            RoomName heardAs = room.room.name(); // of a new name hears who listens under the old one
            room.room = altered.room();
            roles.keySet().removeIf(seat -> seat.room() == room.id);
            Note note = altered.note().get();
            long number = ++room.head;
            return Outcome.done(new Message(
                    Uuid7.next(now.toEpochMilli()),
                    heardAs,
                    number,
                    number,
                    change.author(),
                    change.ref(),
                    note.text(),
                    now,
                    Optional.empty(),
                    false,
                    Optional.of(note)));
        }

        private Outcome amend(Change change, LockedRoom room, boolean moderates) {
            Message before = targets.get(target(change).orElseThrow());
            if (before == null
                    || !before.room().equals(room.room.name())
                    || before.deleted()
                    || before.note().isPresent()) {
                throw new ChatException(Fault.NO_MESSAGE);
            }
            boolean deletes = change instanceof Change.Delete;
            boolean own = before.author().id().equals(change.author().id());
            if (!own && !(deletes && moderates)) {
                throw new ChatException(Fault.NOT_YOURS);
            }
            String body = change instanceof Change.Edit edit ? edit.draft().body() : "";
            return Outcome.done(new Message(
                    before.id(),
                    before.room(),
                    before.seq(),
                    ++room.head,
                    before.author(),
                    before.ref(),
                    body,
                    before.at(),
                    deletes ? before.editedAt() : Optional.of(now),
                    deletes,
                    Optional.empty(),
                    Set.of(),
                    deletes ? List.of() : before.files()));
        }

        /** Returns whom the messages mention, by their ids. */
        private Map<UUID, Set<Mention>> write() {
            PreparedBatch posts = handle.prepareBatch("""
                    INSERT INTO message (id, room_id, seq, rev, author_id, author_name, author_guest, ref, fingerprint, body,
                        posted_at, ordinal)
                    VALUES (:id, :room, :seq, :rev, :authorId, :authorName, :guest, :ref, :fingerprint, :body, :at, :ordinal)
                    """);
            PreparedBatch notes = handle.prepareBatch("""
                    INSERT INTO message (id, room_id, seq, rev, author_id, author_name, author_guest, ref, fingerprint, body,
                        posted_at, ordinal, note, subject_id, subject_name)
                    VALUES (:id, :room, :seq, :rev, :authorId, :authorName, :guest, :ref, :fingerprint, :body, :at,
                        :ordinal, :note, :subjectId, :subjectName)
                    """);
            PreparedBatch edits = handle.prepareBatch("""
                    UPDATE message SET rev = :rev, body = :body, edited_at = :editedAt, deleted_at = :deletedAt WHERE id = :id
                    """);
            PreparedBatch amendments = handle.prepareBatch("""
                    INSERT INTO amendment (ref, author_id, message_id, room_id, rev, fingerprint)
                    VALUES (:ref, :authorId, :id, :room, :rev, :fingerprint)
                    """);
            OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
            for (Done each : done) {
                Change change = each.change();
                Message message = each.message();
                if (target(change).isEmpty()) {
                    PreparedBatch inserts = message.note().isPresent() ? notes : posts;
                    message.note()
                            .ifPresent(note -> notes.bind("note", note.what().name())
                                    .bind("subjectId", note.subject().map(User::id))
                                    .bind("subjectName", note.subject().map(User::name)));
                    inserts.bind("id", message.id())
                            .bind("room", each.room())
                            .bind("seq", message.seq())
                            .bind("rev", message.rev())
                            .bind("authorId", message.author().id())
                            .bind("authorName", message.author().name())
                            .bind("guest", message.author().guest())
                            .bind("ref", message.ref())
                            .bind("fingerprint", each.fingerprint())
                            .bind("body", message.body())
                            .bind("at", message.at().atOffset(ZoneOffset.UTC))
                            .bind("ordinal", each.ordinal())
                            .add();
                } else {
                    edits.bind("id", message.id())
                            .bind("rev", message.rev())
                            .bind("body", message.body())
                            .bind("editedAt", message.editedAt().map(time -> time.atOffset(ZoneOffset.UTC)))
                            .bind("deletedAt", message.deleted() ? Optional.of(at) : Optional.<OffsetDateTime>empty())
                            .add();
                    amendments
                            .bind("ref", change.ref())
                            .bind("authorId", change.author().id())
                            .bind("id", message.id())
                            .bind("room", each.room())
                            .bind("rev", message.rev())
                            .bind("fingerprint", each.fingerprint())
                            .add();
                }
            }
            PreparedBatch heads =
                    handle.prepareBatch("UPDATE room SET last_seq = :last, posts = :posts WHERE id = :id");
            Set<LockedRoom> locked = new HashSet<>(rooms.values());
            locked.stream()
                    .filter(room -> room.head > room.headWhenLocked)
                    .forEach(room -> heads.bind("last", room.head)
                            .bind("posts", room.posts)
                            .bind("id", room.id)
                            .add());
            Stream.of(posts, notes, edits, amendments, heads)
                    .filter(batch -> batch.size() > 0)
                    .forEach(PreparedBatch::execute);
            writeFiles();
            Map<UUID, Set<Mention>> mentions = writeMentions(locked);
            locked.stream().filter(room -> room.founder != null).forEach(this::settle);
            return mentions;
        }

        private void writeFiles() {
            attachments.attach(done.stream()
                    .filter(each -> each.change() instanceof Change.Post)
                    .map(Done::message)
                    .toList());
            attachments.detach(done.stream()
                    .filter(each -> each.message().deleted())
                    .flatMap(each -> each.before().stream())
                    .toList());
        }

        private Map<UUID, Set<Mention>> writeMentions(Set<LockedRoom> locked) {
            Set<Long> open = new HashSet<>();
            locked.stream().filter(LockedRoom::open).forEach(room -> open.add(room.id));
            return new MentionStore(handle)
                    .write(done.stream()
                            .map(each -> new MentionStore.Written(
                                    each.room(),
                                    open.contains(each.room()),
                                    each.before(),
                                    each.message(),
                                    each.change().prose()))
                            .toList());
        }

        /** Who begins a room by saying something administers it, if they have an account; nothing is left of a refusal. */
        private void settle(LockedRoom room) {
            if (room.head == 0) {
                handle.createUpdate("DELETE FROM room WHERE id = :id")
                        .bind("id", room.id)
                        .execute();
            } else if (room.founder instanceof Change.Post post
                    && !post.author().guest()) {
                handle.createUpdate("""
                                INSERT INTO room_member (room_id, person_id, role, joined_at)
                                SELECT :room, id, 'ADMINISTRATOR', :at FROM person WHERE id = :person
                                """)
                        .bind("room", room.id)
                        .bind("person", post.author().id())
                        .bind("at", now.atOffset(ZoneOffset.UTC))
                        .execute();
            }
        }
    }

    /** The message that an edit or a deletion is about. */
    private static Optional<UUID> target(Change change) {
        if (change instanceof Change.Edit edit) {
            return Optional.of(edit.message());
        }
        return change instanceof Change.Delete delete ? Optional.of(delete.message()) : Optional.empty();
    }

    private static Map<Ref, Known> known(Handle handle, List<Change> changes) {
        Object[] refs = changes.stream().map(Change::ref).distinct().toArray();
        Map<Ref, Known> known = new HashMap<>();
        handle.createQuery("SELECT " + MessageStore.COLUMNS
                        + " FROM message m JOIN room r ON r.id = m.room_id WHERE m.ref = ANY(:refs)")
                .bindArray("refs", String.class, refs)
                .map((row, context) -> known.put(
                        new Ref(row.getString("author_id"), row.getString("ref")),
                        new Known(row.getObject("fingerprint", UUID.class), MessageStore.message(row, context))))
                .list();
        handle.createQuery("SELECT " + MessageStore.COLUMNS + """
                        , a.ref AS a_ref, a.author_id AS a_author, a.fingerprint AS a_fingerprint
                        FROM amendment a JOIN message m ON m.id = a.message_id JOIN room r ON r.id = m.room_id
                        WHERE a.ref = ANY(:refs)
                        """)
                .bindArray("refs", String.class, refs)
                .map((row, context) -> known.put(
                        new Ref(row.getString("a_author"), row.getString("a_ref")),
                        new Known(row.getObject("a_fingerprint", UUID.class), MessageStore.message(row, context))))
                .list();
        return known;
    }

    private static Map<UUID, Message> targets(Handle handle, List<Change> changes) {
        Object[] ids = changes.stream()
                .flatMap(change -> target(change).stream())
                .distinct()
                .toArray();
        Map<UUID, Message> messages = new HashMap<>();
        if (ids.length > 0) {
            handle.createQuery("SELECT " + MessageStore.COLUMNS
                            + " FROM message m JOIN room r ON r.id = m.room_id WHERE m.id = ANY(:ids)")
                    .bindArray("ids", UUID.class, ids)
                    .map(MessageStore::message)
                    .forEach(message -> messages.put(message.id(), message));
        }
        return messages;
    }
}
