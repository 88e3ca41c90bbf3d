package chat.foyer.testing;

import chat.foyer.testing.checker.Entry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a database holds, read past the server: the truth that clients are judged against. */
public record StoredMessages(String url, String user) {

    /** Those of a PostgreSQL. */
    public static StoredMessages of(PostgresProcess postgres, String url) {
        return new StoredMessages(url, postgres.user());
    }

    /** Those in a data directory whose server has ended, as only one process can open the file. */
    public static StoredMessages in(Path dataDirectory) {
        String url = "jdbc:h2:file:" + dataDirectory.resolve("foyer")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE";
        return new StoredMessages(url, "foyer");
    }

    /** Every message of this room. */
    public List<Entry> of(String room) {
        List<Entry> entries = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement("""
                        SELECT m.seq, m.rev, m.id, m.author_id, m.ref, m.body
                        FROM message m JOIN room r ON r.id = m.room_id WHERE r.name = ? ORDER BY m.seq
                        """)) {
            query.setString(1, room);
            ResultSet row = query.executeQuery();
            while (row.next()) {
                entries.add(new Entry(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }
}
