package chat.foyer.room;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.user.User;
import chat.foyer.words.Phrase;

/** Something that somebody wants to do to a room itself. Immutable. */
public sealed interface RoomChange {

    /** Hands this change to its method of the handler. */
    <T> T accept(Handler<T> handler);

    /** The change in one line, equal for equal ones whatever people are called. */
    String summary();

    /** What is done with each kind of change. */
    interface Handler<T> {
        T create(Create change);

        T seat(Seat change);

        T remove(Remove change);

        T rename(Rename change);

        T topic(Topic change);

        T doors(Doors change);

        T archive(Archive change);
    }

    /** Makes the room; who makes it administers it. */
    record Create(Room.Kind kind, Topic topic) implements RoomChange {
        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.create(this);
        }

        @Override
        public String summary() {
            return "create " + kind + ' ' + topic.text();
        }
    }

    /** Makes somebody a member, or gives a member another role. */
    record Seat(User person, Member.Role role) implements RoomChange {
        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.seat(this);
        }

        @Override
        public String summary() {
            return "seat " + person.id() + ' ' + role;
        }
    }

    /** Takes a member out of the room; oneself, or somebody else. */
    record Remove(User person) implements RoomChange {
        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.remove(this);
        }

        @Override
        public String summary() {
            return "remove " + person.id();
        }
    }

    /** Calls the room something else; its former names go on leading to it. */
    record Rename(RoomName name) implements RoomChange {
        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.rename(this);
        }

        @Override
        public String summary() {
            return "rename " + name;
        }
    }

    /** Says what the room is about; one line, or nothing. */
    record Topic(String text) implements RoomChange {
        private static final int MAX_LENGTH = 250;

        /** @throws ChatException with a sentence that says what is wrong with the text */
        public Topic {
            text = text.strip();
            if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
                throw new ChatException(Fault.TOO_LONG, Phrase.of("fault.topic.long", MAX_LENGTH));
            }
            boolean oneLine = text.codePoints()
                    .map(Character::getType)
                    .noneMatch(type -> type == Character.CONTROL
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR
                            || type == Character.SURROGATE);
            if (!oneLine) {
                throw new ChatException(Fault.TEXT_REFUSED, Phrase.of("fault.topic.line"));
            }
        }

        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.topic(this);
        }

        @Override
        public String summary() {
            return "topic " + text;
        }
    }

    /** Opens the room to everybody, or closes it to all but its members. */
    record Doors(Room.Kind kind) implements RoomChange {
        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.doors(this);
        }

        @Override
        public String summary() {
            return "doors " + kind;
        }
    }

    /** Lets the room only be read from now on, or be used again. */
    record Archive(boolean archived) implements RoomChange {
        @Override
        public <T> T accept(Handler<T> handler) {
            return handler.archive(this);
        }

        @Override
        public String summary() {
            return "archive " + archived;
        }
    }
}
