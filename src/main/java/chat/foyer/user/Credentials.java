package chat.foyer.user;

import java.util.Optional;

/**
 * What a request shows to be recognised by. Immutable; never logged.
 *
 * @param session the value of the session cookie
 * @param bearer the token of {@code Authorization: Bearer} (RFC 6750 §2.1)
 * @param ticket the ticket of a socket's {@code ?session_key=}
 */
public record Credentials(Optional<String> session, Optional<String> bearer, Optional<String> ticket) {
    @Override
    public String toString() {
        return "Credentials"; // of secrets
    }
}
