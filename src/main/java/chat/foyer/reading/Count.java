package chat.foyer.reading;

/**
 * How much there is to read for somebody in a room. Immutable.
 *
 * @param head the number of the room's last change
 * @param posts how many messages were said there, as far as they are counted
 * @param seen the place up to which the person has seen it
 * @param seenPosts how many of the messages lie up to there
 * @param mentions how many messages after it mention the person
 */
record Count(long head, long posts, long seen, long seenPosts, long mentions) {

    /** A message that was taken back still counts: its place is shown, and whoever looks finds out. */
    long unread() {
        return Math.max(0, posts - seenPosts);
    }

    /** More was said. */
    Count grown(long newHead, long newPosts) {
        return new Count(newHead, newPosts, seen, seenPosts, mentions);
    }

    /** Whether somebody who was told the other one knows this. */
    boolean looksLike(Count other) {
        return head == other.head && seen == other.seen && unread() == other.unread() && mentions == other.mentions;
    }
}
