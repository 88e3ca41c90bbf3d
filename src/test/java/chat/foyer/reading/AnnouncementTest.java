package chat.foyer.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.room.RoomName;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {
    @Test
    void says_the_same_after_its_way_over_the_bus() {
        Announcement said =
                new Announcement("node.a!1", Map.of(new RoomName("кухня 😀"), News.MENTIONED), Set.of("u-ana"));
        assertThat(Announcement.of(said.toEvent())).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":5}",
                "{\"type\":\"reading.changed\"}",
                "{\"type\":\"reading.changed\",\"sender\":\"x\",\"rooms\":[],\"people\":[]}",
                "{\"type\":\"reading.changed\",\"sender\":\"x\",\"rooms\":{\"a/b\":\"SAID\"},\"people\":[]}",
                "{\"type\":\"reading.changed\",\"sender\":\"x\",\"rooms\":{\"a\":\"SUNG\"},\"people\":[]}",
                "{\"type\":\"reading.changed\",\"sender\":\"x\",\"rooms\":{\"a\":1},\"people\":[]}",
                "{\"type\":\"reading.changed\",\"sender\":\"x\",\"rooms\":{},\"people\":[1]}",
                "{\"type\":\"reading.changed\",\"rooms\":{},\"people\":[]}"
            })
    void anything_else_is_refused(String event) {
        var json = Json.createReader(new StringReader(event)).readObject();
        assertThatThrownBy(() -> Announcement.of(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
