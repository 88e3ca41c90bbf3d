package chat.foyer.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What counts as one look of an administrator into a closed room. */
class RecentLooksTest {
    private static final RoomName ROOM = new RoomName("board");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RecentLooks looks = new RecentLooks();

    @Test
    void images_that_come_one_by_one_are_one_look_for_some_minutes() {
        assertThat(looks.begins("ana", ROOM, NOON)).isTrue();
        assertThat(looks.begins("ana", ROOM, NOON.plusSeconds(1))).isFalse();
        assertThat(looks.begins("bo", ROOM, NOON.plusSeconds(1))).isTrue();
        assertThat(looks.begins("ana", new RoomName("staff"), NOON.plusSeconds(1)))
                .isTrue();
        assertThat(looks.begins("ana", ROOM, NOON.plus(RecentLooks.ONE_LOOK).plusSeconds(1)))
                .isTrue();
    }

    @Test
    void who_opens_the_room_has_begun_to_look() {
        looks.begin("ana", ROOM, NOON);
        assertThat(looks.begins("ana", ROOM, NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void the_oldest_look_is_forgotten_when_there_are_too_many() {
        for (int i = 0; i <= RecentLooks.MOST; i++) {
            looks.begin("p" + i, ROOM, NOON);
        }
        assertThat(looks.begins("p" + RecentLooks.MOST, ROOM, NOON)).isFalse();
        assertThat(looks.begins("p0", ROOM, NOON)).isTrue();
    }
}
