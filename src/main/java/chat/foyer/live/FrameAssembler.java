package chat.foyer.live;

import chat.foyer.config.Limit;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import java.util.Optional;

/**
 * Puts the parts of a text message together and counts its bytes, since WildFly enforces no limit and Payara only a very
 * large one. Not thread-safe: it belongs to one connection.
 */
final class FrameAssembler {
    /** Beyond this many times the limit a message is not waited out any more. */
    private static final int PATIENCE = 16;

    private final Limit limit;
    private final StringBuilder parts = new StringBuilder();
    private long bytes;

    FrameAssembler(Limit limit) {
        this.limit = limit;
    }

    /**
     * The whole text once its last part is here.
     *
     * @throws ChatException ({@link Fault#TOO_LARGE}) at the end of a message over the limit, or in the middle of one
     *     that does not seem to end
     */
    Optional<String> add(String part, boolean last) {
        bytes += utf8Length(part);
        if (limit.exceededBy(bytes)) {
            parts.setLength(0);
            boolean endless = limit.exceededBy(bytes / PATIENCE);
            if (last) {
                bytes = 0;
            }
            if (last || endless) {
                throw new ChatException(Fault.TOO_LARGE, "A frame has at most " + limit + " bytes.");
            }
            return Optional.empty();
        }
        if (!last) {
            parts.append(part);
            return Optional.empty();
        }
        bytes = 0;
        if (parts.isEmpty()) {
            return Optional.of(part);
        }
        String whole = parts.append(part).toString();
        parts.setLength(0);
        return Optional.of(whole);
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // a surrogate pair is four bytes, two for each half
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
