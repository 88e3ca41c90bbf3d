package chat.foyer.message;

import java.util.List;

/**
 * Reads what a text says, apart from what it only shows, as code or as the words of a link: there handles mention. Thread-safe;
 * called by whoever submits a change, so that reading a text that was made to take long delays nobody else.
 */
public interface Prose {
    /** The pieces of it, as their reader sees them. */
    List<String> of(String body);
}
