package chat.foyer.account;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.words.Phrase;
import java.util.List;

/** One of the things that a form lets somebody choose from. Immutable. */
public final class Choice {
    private final String id;
    private final String name;

    Choice(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** @throws ChatException ({@link Fault#INVALID}) when this field says something that was not offered */
    static void check(List<String> offered, String chosen, String field) {
        if (!offered.contains(chosen)) {
            throw new ChatException(Fault.INVALID, Phrase.of("fault.choice"), field);
        }
    }

    public String getId() {
        return id;
    }

    public String getName() {
        return name;
    }
}
