package chat.foyer.room;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.User;
import chat.foyer.words.Phrase;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of one change of a room, inside the transaction of a commit lane that has locked the room's row. Decides under
 * that lock whether the actor may do it, and checks everything before it writes anything. Not thread-safe.
 */
public final class AlterationStore implements RoomChange.Handler<AlterationStore.Altered> {

    /**
     * What became of the room. Immutable.
     *
     * @param note what the room says of it; empty when it was like that before
     * @param room the room afterwards
     */
    public record Altered(Optional<Note> note, Room room) {}

    private final Handle handle;
    private final long id;
    private final Room room;
    private final boolean justMade;
    private final User actor;
    private final Optional<Member.Role> role;
    private final Set<Right> rights;
    private final Instant now;

    /**
     * @param id of the locked row
     * @param room what the row says
     * @param justMade whether the row was made in this transaction for this very change
     * @param overseer whether the actor is an administrator of the site
     * @param role what the actor is in the room
     */
    public AlterationStore(
            Handle handle,
            long id,
            Room room,
            boolean justMade,
            User actor,
            boolean overseer,
            Optional<Member.Role> role,
            Instant now) {
        this.handle = handle;
        this.id = id;
        this.room = room;
        this.justMade = justMade;
        this.actor = actor;
        this.role = role;
        this.rights = Right.of(room, actor, overseer, role);
        this.now = now;
    }

    /** @throws ChatException when it cannot be done; then nothing was written */
    public Altered apply(RoomChange change) {
        if (actor.guest()) {
            throw new ChatException(Fault.GUESTS_REFUSED);
        }
        return change.accept(this);
    }

    @Override
    public Altered create(RoomChange.Create change) {
        if (!justMade) {
            throw new ChatException(Fault.TAKEN);
        }
        sit(actor, Member.Role.ADMINISTRATOR);
        update("topic = :value", change.topic().text());
        return altered(
                Note.of(Note.What.CREATED, change.kind().name().toLowerCase(Locale.ROOT)),
                new Room(room.name(), room.kind(), change.topic().text(), false));
    }

    @Override
    public Altered seat(RoomChange.Seat change) {
        demandKnown();
        User person = change.person();
        Optional<Member.Role> before = roleOf(person);
        if (before.filter(change.role()::equals).isPresent()) {
            return unchanged();
        }
        boolean joins = person.id().equals(actor.id())
                && before.isEmpty()
                && room.kind() == Room.Kind.OPEN
                && change.role() == Member.Role.MEMBER;
        if (!joins) {
            boolean invites = before.isEmpty() && change.role() == Member.Role.MEMBER;
            demand(invites ? Right.MODERATE : Right.ADMINISTER);
        }
        if (before.isPresent()) {
            keepAdministered(person, before.get());
        }
        sit(person, change.role());
        if (before.isPresent()) {
            return altered(
                    new Note(
                            Note.What.ROLE,
                            Optional.of(person),
                            change.role().name().toLowerCase(Locale.ROOT)),
                    room);
        }
        return altered(Note.about(person, joins ? Note.What.JOINED : Note.What.ADDED), room);
    }

    @Override
    public Altered remove(RoomChange.Remove change) {
        demandKnown();
        User person = change.person();
        boolean leaves = person.id().equals(actor.id());
        if (room.kind() == Room.Kind.DIRECT) {
            throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.conversation.leave"));
        }
        Member.Role before =
                roleOf(person).orElseThrow(() -> new ChatException(Fault.NO_PERSON, Phrase.of("fault.member")));
        if (!leaves) {
            demand(before == Member.Role.MEMBER ? Right.MODERATE : Right.ADMINISTER);
        }
        boolean last = count("role IS NOT NULL") == 1;
        if (!last) {
            keepAdministered(person, before);
        }
        stand(person);
        Note.What what = leaves ? Note.What.LEFT : Note.What.REMOVED;
        boolean deserted = last && room.kind() == Room.Kind.CLOSED && !room.archived();
        if (!deserted) {
            return altered(Note.about(person, what), room);
        }
        archive(true);
        return altered(Note.deserting(person, what), new Room(room.name(), room.kind(), room.topic(), true));
    }

    /**
     * The new name must be nobody's, neither now nor formerly. Two rooms that take names from one another at the same
     * time are told apart by the unique index of names and by looking once more at the former ones.
     */
    @Override
    public Altered rename(RoomChange.Rename change) {
        demandAdministrator();
        RoomName name = change.name();
        if (name.equals(room.name())) {
            return unchanged();
        }
        if (name.isDirect()) {
            throw new ChatException(Fault.ROOM_NAME, Phrase.of("fault.room-name.conversation"));
        }
        boolean taken = handle.createQuery("SELECT id FROM room WHERE name = :name")
                .bind("name", name.text())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (taken || isFormerNameOfAnother(name)) {
            throw new ChatException(Fault.TAKEN);
        }
        handle.createUpdate("DELETE FROM former_name WHERE name = :name AND room_id = :id")
                .bind("name", name.text())
                .bind("id", id)
                .execute();
        handle.createUpdate("INSERT INTO former_name (name, room_id) VALUES (:name, :id)")
                .bind("name", room.name().text())
                .bind("id", id)
                .execute();
        update("name = :value", name.text());
        if (isFormerNameOfAnother(name)) {
            throw renamedMeanwhile();
        }
        return altered(
                Note.of(Note.What.RENAMED, name.text()), new Room(name, room.kind(), room.topic(), room.archived()));
    }

    private boolean isFormerNameOfAnother(RoomName name) {
        return handle.createQuery("SELECT room_id FROM former_name WHERE name = :name")
                .bind("name", name.text())
                .mapTo(Long.class)
                .findOne()
                .filter(owner -> owner != id)
                .isPresent();
    }

    /** A conflict that the next attempt of the transaction sees from its beginning. */
    public static RuntimeException renamedMeanwhile() {
        return new IllegalStateException(new SQLTransactionRollbackException("a room was renamed meanwhile", "40001"));
    }

    @Override
    public Altered topic(RoomChange.Topic change) {
        demandAdministrator();
        if (change.text().equals(room.topic())) {
            return unchanged();
        }
        update("topic = :value", change.text());
        return altered(
                Note.of(Note.What.TOPIC, change.text()),
                new Room(room.name(), room.kind(), change.text(), room.archived()));
    }

    @Override
    public Altered doors(RoomChange.Doors change) {
        demandAdministrator();
        if (change.kind() == room.kind()) {
            return unchanged();
        }
        boolean closes = change.kind() == Room.Kind.CLOSED;
        if (closes && count("role = 'ADMINISTRATOR'") == 0) { // or nobody could ever open it again
            sit(actor, Member.Role.ADMINISTRATOR);
        }
        update("kind = :value", change.kind().name());
        return altered(
                Note.of(closes ? Note.What.CLOSED : Note.What.OPENED, ""),
                new Room(room.name(), change.kind(), room.topic(), room.archived()));
    }

    @Override
    public Altered archive(RoomChange.Archive change) {
        demandKnown();
        demand(Right.ADMINISTER);
        if (change.archived() == room.archived()) {
            return unchanged();
        }
        archive(change.archived());
        return altered(
                Note.of(change.archived() ? Note.What.ARCHIVED : Note.What.UNARCHIVED, ""),
                new Room(room.name(), room.kind(), room.topic(), change.archived()));
    }

    private void demandAdministrator() {
        demandKnown();
        demand(Right.ADMINISTER);
        if (room.archived()) {
            throw new ChatException(Fault.ARCHIVED);
        }
    }

    private void demandKnown() {
        if (!rights.contains(Right.READ)) {
            throw new ChatException(Fault.ROOM_NAME);
        }
    }

    private void demand(Right right) {
        if (!rights.contains(right)) {
            throw new ChatException(Fault.FORBIDDEN);
        }
    }

    /** A room that was administered stays so as long as it has members. */
    private void keepAdministered(User person, Member.Role before) {
        if (before == Member.Role.ADMINISTRATOR && count("role = 'ADMINISTRATOR'") == 1) {
            throw new ChatException(Fault.FORBIDDEN, Phrase.of("fault.room.administrator"));
        }
    }

    private Optional<Member.Role> roleOf(User person) {
        return person.id().equals(actor.id())
                ? role
                : handle.createQuery("SELECT role FROM room_member WHERE room_id = :id AND person_id = :person")
                        .bind("id", id)
                        .bind("person", person.id())
                        .mapTo(Member.Role.class)
                        .findOne();
    }

    private int count(String which) {
        return handle.createQuery("SELECT count(*) FROM room_member WHERE room_id = :id AND " + which)
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    private void sit(User person, Member.Role newRole) {
        int seats = handle.createUpdate(
                        "UPDATE room_member SET role = :role WHERE room_id = :id AND person_id = :person")
                .bind("id", id)
                .bind("person", person.id())
                .bind("role", newRole.name())
                .execute();
        if (seats > 0) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO room_member (room_id, person_id, role, joined_at) VALUES (:id, :person, :role, :at)
                        """)
                .bind("id", id)
                .bind("person", person.id())
                .bind("role", newRole.name())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
        handle.createUpdate("""
                        INSERT INTO reading (person_id, room_id, seen_seq, seen_posts)
                        SELECT CAST(:person AS VARCHAR), id, last_seq, posts FROM room WHERE id = :id
                        ON CONFLICT DO NOTHING
                        """) // what was said before concerns nobody who was not there
                .bind("id", id)
                .bind("person", person.id())
                .execute();
    }

    private void stand(User person) {
        handle.createUpdate("DELETE FROM reading WHERE room_id = :id AND person_id = :person")
                .bind("id", id)
                .bind("person", person.id())
                .execute();
        handle.createUpdate("DELETE FROM room_member WHERE room_id = :id AND person_id = :person")
                .bind("id", id)
                .bind("person", person.id())
                .execute();
    }

    private void archive(boolean archived) {
        handle.createUpdate("UPDATE room SET archived_at = :at WHERE id = :id")
                .bind("at", archived ? Optional.of(now.atOffset(ZoneOffset.UTC)) : Optional.<OffsetDateTime>empty())
                .bind("id", id)
                .execute();
    }

    private void update(String column, String value) {
        handle.createUpdate("UPDATE room SET " + column + " WHERE id = :id")
                .bind("value", value)
                .bind("id", id)
                .execute();
    }

    private Altered unchanged() {
        return new Altered(Optional.empty(), room);
    }

    private static Altered altered(Note note, Room after) {
        return new Altered(Optional.of(note), after);
    }
}
