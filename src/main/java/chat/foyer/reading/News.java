package chat.foyer.reading;

import chat.foyer.message.Message;

/** What may have changed for the people of a room; each includes those before it. */
enum News {
    /** How much was said. */
    SAID,
    /** Who is mentioned. */
    MENTIONED,
    /** What the room is, and whose. */
    DOORS;

    static News of(Message change) {
        return switch (change.kind()) {
            case POSTED -> change.body().indexOf('@') < 0 ? SAID : MENTIONED;
            case EDITED, DELETED -> MENTIONED;
            case NOTED -> DOORS;
        };
    }

    News and(News other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
