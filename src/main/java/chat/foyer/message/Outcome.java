package chat.foyer.message;

import chat.foyer.fault.ChatException;
import java.util.Optional;

/**
 * What became of one change. Immutable.
 *
 * @param message the message after the change; empty when it was refused
 * @param known whether the change had been done before, under the same ref
 * @param refusal why it was refused
 */
public record Outcome(Optional<Message> message, boolean known, Optional<ChatException> refusal) {
    static Outcome done(Message message) {
        return new Outcome(Optional.of(message), false, Optional.empty());
    }

    static Outcome known(Message message) {
        return new Outcome(Optional.of(message), true, Optional.empty());
    }

    static Outcome refused(ChatException reason) {
        return new Outcome(Optional.empty(), false, Optional.of(reason));
    }
}
