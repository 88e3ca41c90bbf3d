package chat.foyer.config;

/** Foyer cannot start as it is configured; the message is one line that names the key and says what to write. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message, null, false, false); // the line is all an administrator needs; a stack trace would bury it
    }
}
