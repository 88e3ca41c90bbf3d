package chat.foyer.message;

import java.util.List;

/** Hears of messages once they are committed on this node; found as a CDI bean. */
public interface CommitListener {

    /**
     * These changes are true now. Called by the thread of a commit lane, in the order of each room's numbers; must only
     * enqueue.
     */
    void committed(List<Committed> changes);
}
