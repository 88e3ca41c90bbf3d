package chat.foyer.channel.database;

import java.util.ArrayList;
import java.util.List;

/** An event on its way to the mailboxes of its receivers, of which there may be none. Belongs to the thread of the writer. */
final class Sending {
    private final List<Letter> letters = new ArrayList<>();

    void add(Letter letter) {
        letters.add(letter);
    }

    List<Letter> letters() {
        return letters;
    }

    /** How many receivers have no room for it. */
    long full() {
        return letters.stream().filter(letter -> !letter.isTaken()).count();
    }
}
