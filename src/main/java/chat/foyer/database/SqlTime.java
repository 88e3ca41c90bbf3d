package chat.foyer.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Moments as both drivers take them for {@code TIMESTAMP WITH TIME ZONE} (JDBC 4.2, appendix B). Thread-safe. */
public final class SqlTime {
    private SqlTime() {}

    public static OffsetDateTime of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
