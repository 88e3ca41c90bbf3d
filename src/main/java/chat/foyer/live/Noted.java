package chat.foyer.live;

import chat.foyer.room.Note;
import chat.foyer.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what happened to a room, for people; scripts say it in the same words, see {@code words.js}. Immutable, stateless. */
final class Noted {
    private static final Pattern NAME = Pattern.compile("\\{(author|subject|text)}");

    private Noted() {}

    /**
     * A piece of a sentence.
     *
     * <p>A class with getters, since the expression language of Jakarta EE 10 does not read records.
     */
    public static final class Part {
        private final String text;
        private final boolean name;

        Part(String text, boolean name) {
            this.text = text;
            this.name = name;
        }

        public String getText() {
            return text;
        }

        /** Whether somebody chose it, so that it may run in the other direction than the sentence. */
        public boolean isName() {
            return name;
        }
    }

    static List<Part> sentence(User author, Note note) {
        Map<String, String> names = Map.of(
                "author", author.name(),
                "subject", note.subject().map(User::name).orElse(""),
                "text", note.text());
        String pattern = pattern(note);
        List<Part> parts = new ArrayList<>();
        int end = 0;
        Matcher matcher = NAME.matcher(pattern);
        while (matcher.find()) {
            MatchResult found = matcher.toMatchResult();
            add(parts, pattern.substring(end, found.start()), false);
            add(parts, names.get(found.group(1)), true);
            end = found.end();
        }
        add(parts, pattern.substring(end), false);
        return parts;
    }

    private static void add(List<Part> parts, String text, boolean name) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, name));
        }
    }

    /** The sentence, with braces where names go. */
    static String pattern(Note note) {
        return switch (note.what()) {
            case CREATED -> "{author} made this room";
            case ADDED -> "{author} invited {subject}";
            case JOINED -> "{subject} joined";
            case REMOVED -> "{author} removed {subject}";
            case LEFT -> "{subject} left";
            case ROLE ->
                switch (note.text()) {
                    case "member" -> "{author} made {subject} a member";
                    case "moderator" -> "{author} made {subject} a moderator";
                    default -> "{author} made {subject} an administrator";
                };
            case RENAMED -> "{author} renamed the room to {text}";
            case TOPIC ->
                note.text().isEmpty()
                        ? "{author} removed the topic"
                        : "{author} changed the topic to \u201C{text}\u201D";
            case CLOSED -> "{author} closed the room: only its members may enter";
            case OPENED -> "{author} opened the room: everybody may enter";
            case ARCHIVED -> "{author} archived the room";
            case UNARCHIVED -> "{author} opened the archived room again";
        };
    }
}
