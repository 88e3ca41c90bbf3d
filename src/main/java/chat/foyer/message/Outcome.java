package chat.foyer.message;

import chat.foyer.fault.ChatException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What became of one change. Immutable.
 *
 * @param message the message after the change; empty when it was refused, or when a room was like that before
 * @param known whether nothing was to be done: the change had been done before, under the same ref or another
 * @param refusal why it was refused
 * @param open whether everybody may read it; what happens behind doors is not told to other databases
 */
public record Outcome(Optional<Message> message, boolean known, Optional<ChatException> refusal, boolean open) {
    static Outcome done(Message message) {
        return new Outcome(Optional.of(message), false, Optional.empty(), true);
    }

    static Outcome known(Message message) {
        return new Outcome(Optional.of(message), true, Optional.empty(), true);
    }

    static Outcome unchanged() {
        return new Outcome(Optional.empty(), true, Optional.empty(), true);
    }

    Outcome behindDoors() {
        return new Outcome(message, known, refusal, false);
    }

    /** The same, with those whom its message mentions, by its id; a message that is not among them mentions nobody new. */
    Outcome mentioning(Map<UUID, Set<Mention>> mentions) {
        return new Outcome(
                message.map(each -> each.mentioning(mentions.getOrDefault(each.id(), each.mentions()))),
                known,
                refusal,
                open);
    }

    public static Outcome refused(ChatException reason) {
        return new Outcome(Optional.empty(), false, Optional.of(reason), true);
    }
}
