/**
 * What people upload: its bytes, what is known of them, and who may have them.
 *
 * <p>Knows no sockets. Which message carries a file is decided by the log, see {@code message}.
 */
package chat.foyer.file;
