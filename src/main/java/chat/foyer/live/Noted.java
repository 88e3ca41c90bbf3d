package chat.foyer.live;

import chat.foyer.room.Note;
import chat.foyer.user.User;
import chat.foyer.words.Part;
import chat.foyer.words.Words;
import java.util.List;

/** Says what happened to a room, for people; scripts say it in the same words, see {@code words/<language>.js}. Stateless. */
final class Noted {
    private Noted() {}

    static List<Part> sentence(User author, Note note, Words words) {
        String subject = note.subject().map(User::name).orElse("");
        return words.parts("note." + event(note), author.name(), subject, note.text());
    }

    private static String event(Note note) {
        String what = note.what().code();
        return switch (note.what()) {
            case ROLE -> what + "." + note.text();
            case TOPIC -> note.text().isEmpty() ? "no-topic" : what;
            default -> what;
        };
    }
}
